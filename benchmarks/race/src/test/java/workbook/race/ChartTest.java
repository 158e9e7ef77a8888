package workbook.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {

    @Test
    void aBarReachesFromTheMedianToThe99thPercentile() throws Exception {
        Map<Contestant, Result> results = new LinkedHashMap<>();
        results.put(contestant("tuned"), new Result(Map.of(Measure.P50, 10.0, Measure.P99, 1_000.0), Faults.NONE, ""));
        results.put(contestant("defaults"), Result.failed("It did not start."));
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Chart.latencies(results, "two cores & more"))));
        assertThat(svg.getElementsByTagName("path")
                        .item(6)
                        .getAttributes()
                        .getNamedItem("d")
                        .getNodeValue())
                .isEqualTo("M320.0 60H520.0");
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Engine, tuned", "two cores & more")
                .doesNotContain("defaults");
    }

    private static Contestant contestant(String setting) {
        return new Contestant(Job.REVENUE, "Engine", setting, "", List.of(), 1);
    }
}
