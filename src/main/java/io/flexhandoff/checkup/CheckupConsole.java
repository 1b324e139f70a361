package io.flexhandoff.checkup;

import io.flexhandoff.management.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** The checkup for operators, over JMX and so in Hawtio: {@code org.apache.camel:context=…,type=services,name=Checkup}. */
@ManagedResource(description = "Finds out what is wrong between an org and its Twilio account; changes nothing")
public final class CheckupConsole {

    private final Checkup checkup;

    private CheckupConsole(Checkup checkup) {
        this.checkup = checkup;
    }

    /** Shows the console in the context's management, if it has any; it goes when the context stops. */
    public static void register(CamelContext context) throws JMException {
        Console.show(
                context,
                "Checkup",
                new CheckupConsole(context.getRegistry().lookupByNameAndType("checkup", Checkup.class)));
    }

    @ManagedOperation(
            description = "Checks the org of this name: each check with its status, what was found, the cause, the fix")
    public List<Map<String, String>> run(String org) {
        return checkup.run(org).checks().stream().map(CheckupConsole::row).toList();
    }

    private static Map<String, String> row(Finding finding) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("check", finding.name());
        row.put("status", finding.status().text());
        row.put("found", finding.found());
        row.put("cause", finding.cause());
        row.put("fix", finding.fix());
        return row;
    }
}
