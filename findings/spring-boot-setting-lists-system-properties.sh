#!/usr/bin/env bash
# Packages: org.springframework.boot:spring-boot 3.5.9 (Maven), a plain SpringApplication: some.name in application.properties,
#   given.name on the command line.
# Expected: Environment.getProperty of a setting that lies in application.properties is a look-up by name, without a lock; the names
#   of each property source are known from a cache.
# Behaviour: the system properties stand before the file and count as mutable. Each look-up of a name that they do not have, which is
#   nearly every one, lists all of them, to find other spellings of it, and does so in synchronized (System.getProperties()), a lock
#   of the whole JVM. Only names found as they are spelled, there or before it, are free of that. ConfigurationPropertyCaching ends
#   both; then a system property set later is seen if spelled the same, but not in another spelling.
# Seen (listings in 100 look-ups; a look-up while another thread holds the lock; system property some.NAME, then some.name, set later):
#   by default: some.name 100 waits | absent.name 100 waits | user.dir 0 goes on | given.name 0 goes on
#   cached:     some.name 0 goes on | absent.name 0 goes on | user.dir 0 goes on | given.name 0 goes on
#   by default: some.NAME other, some.name same; cached: some.NAME file, some.name same
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot</artifactId><version>3.5.9</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
echo 'some.name=file' > application.properties
cat > Settings.java <<'JAVA'
import java.lang.management.ManagementFactory;
import java.util.*;
import org.springframework.boot.*;
import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching;
import org.springframework.core.env.Environment;

public class Settings {
    static class Listed extends Properties {
        int times;
        @Override public synchronized Set<Object> keySet() {
            times++;
            return super.keySet();
        }
    }

    static final Listed SYSTEM = new Listed();

    public static void main(String[] args) throws Exception {
        SYSTEM.putAll(System.getProperties());
        System.setProperties(SYSTEM);
        var application = new SpringApplication(Settings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        Environment env = application.run("--given.name=line").getEnvironment();
        var caching = ConfigurationPropertyCaching.get(env);

        var seen = new StringJoiner("\n");
        seen.add("by default: " + lookUps(env));
        caching.enable();
        seen.add("cached: " + lookUps(env));
        String cached = setLater(env);
        caching.disable();
        seen.add("by default: " + setLater(env) + "; cached: " + cached);
        System.out.println(seen);
    }

    static String lookUps(Environment env) throws Exception {
        var seen = new StringJoiner(" | ");
        for (String name : List.of("some.name", "absent.name", "user.dir", "given.name")) {
            env.getProperty(name);
            int before = SYSTEM.times;
            for (int i = 0; i < 100; i++) {
                env.getProperty(name);
            }
            seen.add(name + " " + (SYSTEM.times - before) + " " + (waits(() -> env.getProperty(name)) ? "waits" : "goes on"));
        }
        return seen.toString();
    }

    /** Whether a look-up in another thread waits for the lock of the system properties while this thread holds it. */
    static boolean waits(Runnable lookUp) throws Exception {
        var thread = new Thread(lookUp);
        boolean waits = false;
        synchronized (SYSTEM) {
            thread.start();
            while (thread.isAlive() && !waits) {
                var info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
                var lock = info == null ? null : info.getLockInfo();
                waits = lock != null && lock.getIdentityHashCode() == System.identityHashCode(SYSTEM);
            }
        }
        thread.join();
        return waits;
    }

    static String setLater(Environment env) {
        System.setProperty("some.NAME", "other");
        String other = env.getProperty("some.name");
        System.setProperty("some.name", "same");
        String same = env.getProperty("some.name");
        System.clearProperty("some.NAME");
        System.clearProperty("some.name");
        return "some.NAME " + other + ", some.name " + same;
    }
}
JAVA
seen=$(java -cp 'lib/*:.' Settings.java 2>&1)
echo "$seen"
[ "$seen" = "by default: some.name 100 waits | absent.name 100 waits | user.dir 0 goes on | given.name 0 goes on
cached: some.name 0 goes on | absent.name 0 goes on | user.dir 0 goes on | given.name 0 goes on
by default: some.NAME other, some.name same; cached: some.NAME file, some.name same" ]
