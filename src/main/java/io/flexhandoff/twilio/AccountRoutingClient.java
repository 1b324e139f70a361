package io.flexhandoff.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import java.util.Map;

/** One client for many accounts: each request is made with the credentials of the account that its path names. */
final class AccountRoutingClient extends TwilioRestClient {

    private static final String ACCOUNTS = "/Accounts/";

    private final Map<String, TwilioRestClient> byAccount;

    AccountRoutingClient(Map<String, TwilioRestClient> byAccount) {
        super(new Builder("", "").httpClient(new NoAccount()));
        this.byAccount = Map.copyOf(byAccount);
    }

    /** What a request is sent by that names no account: not at all. */
    private static final class NoAccount extends HttpClient {
        @Override
        public Response makeRequest(Request request) {
            throw new IllegalArgumentException("The request names no Twilio account: " + request.getUrl());
        }
    }

    /** @throws IllegalArgumentException if the request names no account, or one that no org has */
    @Override
    public Response request(Request request) {
        String url = request.getUrl();
        int start = url.indexOf(ACCOUNTS);
        if (start < 0) {
            return super.request(request);
        }
        start += ACCOUNTS.length();
        int end = start;
        while (end < url.length() && Character.isLetterOrDigit(url.charAt(end))) {
            end++;
        }
        TwilioRestClient client = byAccount.get(url.substring(start, end));
        if (client == null) {
            throw new IllegalArgumentException("No org has the Twilio account " + url.substring(start, end));
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
