package io.flexhandoff.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client for many accounts: each request is made with the credentials of the account that its path names. */
final class AccountRoutingClient extends TwilioRestClient {

    private static final Pattern ACCOUNT = Pattern.compile("/Accounts/(AC[0-9a-fA-F]{32})[/.]");

    private final Map<String, TwilioRestClient> byAccount;

    AccountRoutingClient(Map<String, TwilioRestClient> byAccount, HttpClient http) {
        super(new Builder("", "").httpClient(http));
        this.byAccount = Map.copyOf(byAccount);
    }

    /** @throws IllegalArgumentException if the request names no account, or one that no org has */
    @Override
    public Response request(Request request) {
        Matcher account = ACCOUNT.matcher(request.getUrl());
        if (!account.find()) {
            throw new IllegalArgumentException("The request names no Twilio account: " + request.getUrl());
        }
        TwilioRestClient client = byAccount.get(account.group(1));
        if (client == null) {
            throw new IllegalArgumentException("No org has the Twilio account " + account.group(1));
        }
        return client.request(request);
    }

    /**
     * The account of a request that names none, which the SDK asks for.
     *
     * @throws IllegalArgumentException unless there is exactly one account
     */
    @Override
    public String getAccountSid() {
        if (byAccount.size() != 1) {
            throw new IllegalArgumentException("Several Twilio accounts are configured: name one, for the twilio:"
                    + " component in the header CamelTwilio.pathAccountSid");
        }
        return byAccount.keySet().iterator().next();
    }
}
