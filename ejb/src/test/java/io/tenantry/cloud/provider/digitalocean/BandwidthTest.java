package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider.CannedAnswer;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.TransferMetering.Traffic;
import io.tenantry.testing.WithinTenant;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithinTenant.class)
class BandwidthTest {
    private static final Instant TODAY = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-23T00:00:00Z");

    private final OpenAccount open = new OpenAccount();

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void computesBytesFromRatesAndIntervals() {
        // 8 Mbit/s for an hour is 3.6 GB, 0.0166 Mbit/s is 7.47 MB.
        respondWithRates(rates("8", at(0), 30), rates("0.0166", at(0), 30));
        assertThat(traffic()).containsExactly(new Traffic(TODAY, TOMORROW, 3_600_000_000L, 7_470_000L));
    }

    @Test
    void separatesDaysWithTheLatestFirst() {
        var in = rates("1", YESTERDAY.plusSeconds(86_280), 2);
        respondWithRates(in, in);
        // Of the two samples, one is from yesterday's last two minutes and one from today's first.
        assertThat(traffic())
                .containsExactly(
                        new Traffic(TODAY, TOMORROW, 15_000_000, 15_000_000),
                        new Traffic(YESTERDAY, TODAY, 15_000_000, 15_000_000));
    }

    @Test
    void ignoresGapsBetweenSamples() {
        var withHole = new HashMap<>(rates("1", at(0), 2));
        withHole.putAll(rates("1", at(7200), 2));
        respondWithRates(withHole, withHole);
        assertThat(traffic()).extracting(Traffic::inBytes).containsExactly(60_000_000L);
    }

    @Test
    void addsTheTrafficOfAllInterfaces() {
        open.provider.respondWith(
                CannedAnswer.of(200, FakeDigitalOceanCatalog.rates(rates("1", at(0), 2), rates("3e0", at(0), 2))));
        open.provider.respondWith(CannedAnswer.of(200, FakeDigitalOceanCatalog.rates(rates("1", at(0), 2))));
        assertThat(traffic()).containsExactly(new Traffic(TODAY, TOMORROW, 120_000_000, 30_000_000));
    }

    @Test
    void distinguishesMissingSamplesFromNoTraffic() {
        assertThat(traffic()).isEmpty();
        respondWithRates(rates("0", at(0), 2), rates("0", at(0), 2));
        assertThat(traffic()).containsExactly(new Traffic(TODAY, TOMORROW, 0, 0));
    }

    @Test
    void queriesBothDirectionsOfThePublicInterface() {
        traffic();
        assertThat(open.provider.requests())
                .extracting(recordedCall -> recordedCall.query())
                .containsExactly(query("inbound"), query("outbound"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "much", ""})
    void refusesAnInvalidRate(String rate) {
        respondWithRates(rates(rate, at(0), 2), Map.of());
        assertInvalidResponse();
    }

    @Test
    void refusesMalformedValues() {
        for (var values : List.of("[1]", "[[1]]", "[[1, true]]", "[[1, \"2\", 3]]", "{}")) {
            open.provider.respondWith(CannedAnswer.of(200, answer(values)));
            assertInvalidResponse();
        }
    }

    @Test
    void reportsAFailedQueryAsAProviderError() {
        open.provider.respondWith(CannedAnswer.of(
                200, Json.createObjectBuilder().add("status", "error").build()));
        assertReason(Reason.PROVIDER_ERROR);
    }

    private List<Traffic> traffic() {
        return open.account.traffic("222651441", OpenAccount.NOW);
    }

    private void respondWithRates(Map<Instant, String> in, Map<Instant, String> out) {
        open.provider.respondWith(CannedAnswer.of(200, FakeDigitalOceanCatalog.rates(in)));
        open.provider.respondWith(CannedAnswer.of(200, FakeDigitalOceanCatalog.rates(out)));
    }

    private void assertInvalidResponse() {
        assertReason(Reason.INVALID_RESPONSE);
    }

    private void assertReason(Reason reason) {
        assertThatThrownBy(this::traffic)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static Instant at(int second) {
        return TODAY.plusSeconds(second);
    }

    /** Returns the same rate every two minutes. */
    private static Map<Instant, String> rates(String rate, Instant from, int count) {
        var rates = new HashMap<Instant, String>();
        for (var i = 0; i < count; i++) {
            rates.put(from.plusSeconds(120L * i), rate);
        }
        return rates;
    }

    private static Map<String, String> query(String direction) {
        return Map.of(
                "host_id",
                "222651441",
                "interface",
                "public",
                "direction",
                direction,
                "start",
                String.valueOf(YESTERDAY.getEpochSecond()),
                "end",
                String.valueOf(OpenAccount.NOW.getEpochSecond()));
    }

    private static JsonObject answer(String values) {
        try (var reader =
                Json.createReader(new java.io.StringReader("{\"status\": \"success\", \"data\": {\"result\": ["
                        + "{\"metric\": {}, \"values\": " + values + "}]}}"))) {
            return reader.readObject();
        }
    }
}
