package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Times;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Distributions as an SVG: how many of hundred on an axis on which each nine has the same room, times on a log axis. */
record Picture(String title, Map<String, Times> series) {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    /** Up to 99.99 %. */
    private static final double NINES = 4;

    private static final double STEP = 0.02;
    private static final String[] COLORS = {"#0b6e4f", "#c1440e", "#3366cc", "#7a7a7a", "#9b2fae", "#b8860b"};

    String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="22" font-size="14">%s</text>
                """.formatted(WIDTH, HEIGHT, LEFT, escaped(title)));
        int least = (int) Math.floor(Math.log10(extreme(false)));
        int most = Math.max(least + 1, (int) Math.ceil(Math.log10(extreme(true))));
        for (int power = least; power <= most; power++) {
            double y = y(Math.pow(10, power), least, most);
            rule(svg, LEFT, y, WIDTH - RIGHT, y);
            label(svg, LEFT - 8, y + 4, "end", Table.number(Math.pow(10, power), Math.max(0, -power)) + " ms");
        }
        String[] nines = {"0 %", "90 %", "99 %", "99.9 %", "99.99 %"};
        for (int nine = 0; nine < nines.length; nine++) {
            double x = x(nine);
            rule(svg, x, TOP, x, HEIGHT - BOTTOM);
            label(svg, x, HEIGHT - BOTTOM + 18, "middle", nines[nine]);
        }
        int number = 0;
        for (Map.Entry<String, Times> one : series.entrySet()) {
            String color = COLORS[number % COLORS.length];
            svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n"
                    .formatted(color, points(one.getValue(), least, most)));
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n"
                    .formatted(WIDTH - RIGHT + 12, TOP + 16 + 18 * number++, color, escaped(one.getKey())));
        }
        return svg.append("</svg>\n").toString();
    }

    private double extreme(boolean largest) {
        return Math.max(
                0.01,
                series.values().stream()
                        .filter(times -> !times.isEmpty())
                        .mapToDouble(times -> times.millis(largest ? 100 : 0))
                        .reduce(largest ? Math::max : Math::min)
                        .orElse(1));
    }

    private static String points(Times times, int least, int most) {
        if (times.isEmpty()) {
            return "";
        }
        // no further than the samples tell
        double end = Math.min(NINES, Math.log10(times.histogram().getTotalCount()));
        return DoubleStream.iterate(0, nines -> nines <= end, nines -> nines + STEP)
                .mapToObj(nines -> {
                    double millis = Math.max(0.01, times.millis(100 * (1 - Math.pow(10, -nines))));
                    return String.format(Locale.ROOT, "%.1f,%.1f", x(nines), y(millis, least, most));
                })
                .collect(Collectors.joining(" "));
    }

    private static double x(double nines) {
        return LEFT + nines / NINES * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double millis, int least, int most) {
        double share = (Math.log10(millis) - least) / (most - least);
        return HEIGHT - BOTTOM - Math.max(0, share) * (HEIGHT - TOP - BOTTOM);
    }

    private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void label(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
