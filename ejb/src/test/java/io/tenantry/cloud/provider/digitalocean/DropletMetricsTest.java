package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider.CannedAnswer;
import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.testing.WithinTenant;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithinTenant.class)
class DropletMetricsTest {
    private static final String DROPLET = "222651441";
    private static final Instant START = OpenAccount.NOW.minusSeconds(600);

    private final OpenAccount open = new OpenAccount();

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void countsTimeNeitherIdleNorWaitingAsCpuUse() {
        respondWith(cpu(
                List.of("idle", "100", "150", "150"),
                List.of("iowait", "10", "20", "20"),
                List.of("user", "5", "35", "55"),
                List.of("system", "5", "15", "35")));
        // 40 of 100 seconds, then 40 of 40.
        assertThat(values(Kind.CPU))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(dec("40"), dec("100"));
        assertThat(open.provider.requests().get(0).query())
                .isEqualTo(Map.of(
                        "host_id",
                        DROPLET,
                        "start",
                        String.valueOf(OpenAccount.NOW.minusSeconds(3600).getEpochSecond()),
                        "end",
                        String.valueOf(OpenAccount.NOW.getEpochSecond())));
    }

    @Test
    void ignoresACounterResetByARestart() {
        respondWith(cpu(List.of("idle", "100", "3", "13"), List.of("user", "50", "1", "11")));
        assertThat(values(Kind.CPU))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(dec("50"));
    }

    @Test
    void skipsSamplesWithMissingModes() {
        respondWith(cpu(List.of("idle", "100", "110", "130"), List.of("user", "50", "60")));
        assertThat(values(Kind.CPU))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(dec("50"));
    }

    @Test
    void convertsMegabitsToBytesOfAllInterfaces() {
        respondWith(cpu());
        open.provider.respondWith(
                CannedAnswer.of(200, FakeDigitalOceanCatalog.rates(Map.of(START, "8"), Map.of(START, "0.8"))));
        open.provider.respondWith(CannedAnswer.of(200, FakeDigitalOceanCatalog.rates(Map.of(START, "0.008"))));
        assertThat(measured()).extracting(Series::kind).containsExactly(Kind.RECEIVED, Kind.SENT);
        respondWith(cpu());
        open.provider.respondWith(
                CannedAnswer.of(200, FakeDigitalOceanCatalog.rates(Map.of(START, "8"), Map.of(START, "0.8"))));
        assertThat(measured().get(0).points()).singleElement().satisfies(point -> {
            assertThat(point.at()).isEqualTo(START);
            assertThat(point.value()).isEqualByComparingTo("1100000");
        });
    }

    @Test
    void returnsNothingForADropletWithoutAnAgent() {
        respondWith(cpu());
        assertThat(measured()).isEmpty();
    }

    @Test
    void refusesInvalidNumbers() {
        respondWith(cpu(List.of("idle", "NaN")));
        assertThatThrownBy(this::measured)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_RESPONSE));
    }

    private List<Series> measured() {
        return open.account.measured(DROPLET, OpenAccount.NOW, Duration.ofHours(1));
    }

    private List<BigDecimal> values(Kind kind) {
        return measured().stream()
                .filter(series -> series.kind() == kind)
                .flatMap(series -> series.points().stream())
                .map(Point::value)
                .toList();
    }

    private void respondWith(JsonObject answer) {
        open.provider.respondWith(CannedAnswer.of(200, answer));
    }

    /** Each list starts with a mode, followed by its seconds every two minutes. */
    @SafeVarargs
    private static JsonObject cpu(List<String>... modes) {
        var result = Json.createArrayBuilder();
        for (var mode : modes) {
            var values = Json.createArrayBuilder();
            for (var i = 1; i < mode.size(); i++) {
                values.add(Json.createArrayBuilder()
                        .add(START.plusSeconds(120L * i).getEpochSecond())
                        .add(mode.get(i)));
            }
            result.add(Json.createObjectBuilder()
                    .add(
                            "metric",
                            Json.createObjectBuilder().add("host_id", DROPLET).add("mode", mode.get(0)))
                    .add("values", values));
        }
        return Json.createObjectBuilder()
                .add("status", "success")
                .add(
                        "data",
                        Json.createObjectBuilder().add("resultType", "matrix").add("result", result))
                .build();
    }

    private static BigDecimal dec(String text) {
        return new BigDecimal(text);
    }
}
