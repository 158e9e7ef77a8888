package workbook.race;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the latencies as SVG, on a logarithmic scale, for light and dark pages. */
final class Chart {

    private static final String TITLE = "Latency from the median to the 99th percentile, in ms";
    private static final int LEFT = 220;
    private static final int DECADE = 100;
    private static final int DECADES = 5; // 1 ms to 100 s
    private static final int ROW = 24;
    private static final int TOP = 60;
    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #24292f; }
            .title { font-size: 15px; font-weight: 600; }
            .end { text-anchor: end; }
            .grid { stroke: #8c959f; stroke-opacity: .35; }
            .bar { stroke: #2f81f7; stroke-width: 8; stroke-linecap: round; }
            @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }
            </style>
            """;

    private Chart() {}

    /** A bar from p50 to p99 for each contestant. */
    static String latencies(Map<Contestant, Result> results, String note) {
        List<Contestant> shown = results.keySet().stream()
                .filter(one -> results.get(one).measures().containsKey(Measure.P99))
                .toList();
        int height = TOP + ROW * shown.size() + 30;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                LEFT + DECADE * DECADES + 20,
                height,
                TITLE);
        svg.append(STYLE);
        add(svg, "<text class=\"title\" x=\"10\" y=\"20\">%s</text>", TITLE);
        for (int decade = 0; decade <= DECADES; decade++) {
            int x = LEFT + DECADE * decade;
            add(svg, "<path class=\"grid\" d=\"M%d %dV%d\"/>", x, TOP - 15, height - 30);
            add(svg, "<text class=\"end\" x=\"%d\" y=\"%d\">%,d</text>", x + 5, TOP - 20, (int) Math.pow(10, decade));
        }
        for (int i = 0; i < shown.size(); i++) {
            int y = TOP + ROW * i;
            Result result = results.get(shown.get(i));
            add(svg, "<text class=\"end\" x=\"%d\" y=\"%d\">%s</text>", LEFT - 15, y + 4, shown.get(i));
            add(svg, "<path class=\"bar\" d=\"M%.1f %dH%.1f\"/>", x(result, Measure.P50), y, x(result, Measure.P99));
        }
        add(
                svg,
                "<text x=\"10\" y=\"%d\">%s</text>",
                height - 8,
                note.replace("&", "&amp;").replace("<", "&lt;"));
        return svg.append("</svg>\n").toString();
    }

    private static double x(Result result, Measure latency) {
        return LEFT + DECADE * Math.max(0, Math.log10(result.measures().get(latency)));
    }

    private static void add(StringBuilder svg, String line, Object... values) {
        svg.append(String.format(Locale.ROOT, line, values)).append('\n');
    }
}
