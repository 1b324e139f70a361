package io.flexhandoff.bench.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a recording says that processor time went, and for what threads waited. */
final class RecordingSummary {

    private static final int SHOWN = 25;
    private static final Set<String> WAITS = Set.of(
            "jdk.ThreadPark",
            "jdk.JavaMonitorEnter",
            "jdk.JavaMonitorWait",
            "jdk.SocketRead",
            "jdk.FileForce",
            "jdk.FileWrite");
    /** Of a thread that has nothing to do. */
    private static final Pattern IDLE = Pattern.compile(
            ".*(ThreadPoolExecutor.getTask|ForkJoinPool.awaitWork|TimerThread.mainLoop|Reference.*enqueue|"
                    + "BlockingQueue.take|DelayQueue.take|ReferenceQueue.remove|SedaConsumer.doRun|"
                    + "ClientConsumerImpl.receive).*");
    /** A package that says nothing, since everything passes it. */
    private static final Set<String> EVERYWHERE = Set.of("java.lang", "java.util", "java.util.concurrent");
    /** Packages of a library are told apart by so many names, those of Apache by more. */
    private static final int NAMES = 3;

    private static final String CAMEL_COMPONENTS = "org.apache.camel.component.";

    private static final Pattern JDK = Pattern.compile("(java|jdk|sun|javax)\\..*");

    private final Map<String, Long> areas = new HashMap<>();
    private final Map<String, Long> classes = new HashMap<>();
    private final Map<String, Long> frames = new HashMap<>();
    private final Map<String, Long> waits = new HashMap<>();
    private long samples;

    private RecordingSummary() {}

    static RecordingSummary of(Path file) throws IOException {
        RecordingSummary summary = new RecordingSummary();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                summary.add(recording.readEvent());
            }
        }
        return summary;
    }

    private void add(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> stack = event.getStackTrace().getFrames();
        String type = event.getEventType().getName();
        if (type.equals("jdk.ExecutionSample")) {
            sample(stack);
        } else if (WAITS.contains(type)
                && stack.stream().noneMatch(frame -> IDLE.matcher(name(frame)).matches())) {
            String thread = event.getThread() == null
                    ? "?"
                    : String.valueOf(event.getThread().getJavaName()).replaceAll("[0-9a-f]*\\d[0-9a-f]*", "N");
            String where = stack.stream()
                    .map(RecordingSummary::name)
                    .filter(name -> !JDK.matcher(name).matches())
                    .findFirst()
                    .orElseGet(() -> name(stack.get(0)));
            waits.merge(
                    type.substring(4) + " | " + thread + " | " + where,
                    event.getDuration().toMillis(),
                    Long::sum);
        }
    }

    private void sample(List<RecordedFrame> stack) {
        samples++;
        Set<String> areasHere = new HashSet<>();
        Set<String> classesHere = new HashSet<>();
        for (RecordedFrame frame : stack) {
            RecordedClass type = frame.getMethod().getType();
            areasHere.add(area(type.getName()));
            if (type.getName().startsWith("io.flexhandoff.") && !name(frame).contains("ambda$")) {
                classesHere.add(name(frame));
            }
        }
        areasHere.removeAll(EVERYWHERE);
        areasHere.forEach(area -> areas.merge(area, 1L, Long::sum));
        classesHere.forEach(method -> classes.merge(method, 1L, Long::sum));
        frames.merge(name(stack.get(0)), 1L, Long::sum);
    }

    private static String area(String type) {
        String[] names = type.split("\\.");
        int count = type.startsWith(CAMEL_COMPONENTS) ? NAMES + 2 : type.startsWith("org.apache.") ? NAMES + 1 : NAMES;
        return String.join(".", List.of(names).subList(0, Math.min(count, names.length - 1)));
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    String text(String server) {
        StringBuilder text = new StringBuilder("\nFlight Recorder, " + server + ": " + samples + " samples\n");
        share(text, "Packages, with all that they call", areas);
        share(text, "The product's methods, with all that they call", classes);
        share(text, "Where it was at that moment", frames);
        text.append("\nWaits, s of all threads together\n");
        top(waits).forEach(wait -> text.append("%8.1f  %s%n".formatted(wait.getValue() / 1000.0, wait.getKey())));
        return text.toString();
    }

    private void share(StringBuilder text, String title, Map<String, Long> counts) {
        text.append('\n').append(title).append('\n');
        top(counts)
                .forEach(entry -> text.append(
                        "%5.1f %%  %s%n".formatted(100.0 * entry.getValue() / Math.max(1, samples), entry.getKey())));
    }

    private static List<Map.Entry<String, Long>> top(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SHOWN)
                .toList();
    }
}
