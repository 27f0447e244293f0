package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinodeProtocolTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final LinodeProtocol dialect = new LinodeProtocol();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Account Limit reached. Please open a support ticket. | LIMIT",
                "400 | A limit on your account is preventing the deployment of the selected plan. | LIMIT",
                "400 | You've reached a limit for the number of active services on your account. | LIMIT",
                "400 | No open slots for this plan! | NO_CAPACITY",
                "400 | The selected plan is not available in the selected region | NO_CAPACITY",
                "400 | Linode busy. | BUSY",
                "400 | Linode 123 already booted. | BUSY",
                "400 | Volume must be detached before it can be deleted | BUSY",
                "400 | Label must be unique among your linodes | BUSY",
                "400 | Your account has an outstanding balance. | FORBIDDEN",
                "400 | Your account must be activated before you can use this endpoint | FORBIDDEN",
                "400 | Password does not meet strength requirement | INVALID",
                "400 | Linode has allocated more disk than the new service plan allows. | INVALID",
                "401 | Invalid Token | CREDENTIALS",
                "401 | Invalid OAuth Token | CREDENTIALS",
                "401 | Your OAuth token is not authorized to use this endpoint. | FORBIDDEN",
                "403 | Unauthorized | FORBIDDEN",
                "404 | Not found | NOT_FOUND",
                "408 | Please try again | PROVIDER_ERROR",
                "429 | Too many requests | RATE_LIMITED",
                "500 | Internal Server Error | PROVIDER_ERROR",
                "503 | Currently in maintenance mode. | PROVIDER_ERROR"
            })
    void mapsStatusAndMessageToAReason(int status, String words, Reason reason) {
        var failure = dialect.refusal(
                errorResponse(status, "{\"errors\": [{\"field\": null, \"reason\": \"" + words + "\"}]}"));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessage(status + ": " + words);
    }

    @Test
    void reportsAllErrorsWithTheirFields() {
        var failure = dialect.refusal(errorResponse(400, """
                        {"errors": [{"field": "region", "reason": "region is not valid"}, {"reason": "Linode busy."}]}
                        """));
        assertThat(failure).hasMessage("400: region: region is not valid; Linode busy.");
        assertThat(failure.reason()).isEqualTo(Reason.BUSY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>502 Bad Gateway</html>", "[]", "{}", "{\"errors\": \"all of them\"}"})
    void mapsTheStatusWhenThereAreNoErrors(String body) {
        var failure = dialect.refusal(errorResponse(502, body));
        assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_ERROR);
        assertThat(failure).hasMessage("status 502");
    }

    @Test
    void readsTheRetryDelay() {
        var httpAnswer = new HttpAnswer(429, Map.of("retry-after", "42"), new byte[0]);
        assertThat(dialect.refusal(httpAnswer).comeAgainIn()).contains(Duration.ofSeconds(42));
    }

    @Test
    void waitsWhenTheRequestLimitIsExhausted() {
        assertThat(waitUntil("1600", "0", NOW.plusSeconds(30))).isEqualTo(NOW.plusSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
        // Requests remain.
        "1600, 1, 30",
        // Only lists are exhausted, or creations.
        "200, 0, 30",
        "20, 0, 10",
        // The time has passed, or no time is given.
        "1600, 0, 0",
        "1600, 0, 86400"
    })
    void doesNotWaitForOtherLimits(String limit, String left, long resetSeconds) {
        assertThat(waitUntil(limit, left, NOW.plusSeconds(resetSeconds))).isEqualTo(Instant.MIN);
    }

    @Test
    void ignoresInvalidHeaders() {
        var httpAnswer = new HttpAnswer(
                200,
                Map.of("x-ratelimit-limit", "1600", "x-ratelimit-remaining", "0", "x-ratelimit-reset", "-1"),
                new byte[0]);
        assertThat(dialect.quietUntil(httpAnswer, NOW)).isEmpty();
    }

    @Test
    void sendsABearerToken() {
        var credentials = new Credentials(URI.create("https://api.linode.com/v4"), "secret");
        assertThat(dialect.headers(credentials)).containsExactly(Map.entry("Authorization", "Bearer secret"));
    }

    private Instant waitUntil(String limit, String left, Instant reset) {
        var headers = new HashMap<String, String>();
        headers.put("x-ratelimit-limit", limit);
        headers.put("x-ratelimit-remaining", left);
        headers.put("x-ratelimit-reset", String.valueOf(reset.getEpochSecond()));
        return dialect.quietUntil(new HttpAnswer(200, headers, new byte[0]), NOW)
                .orElse(Instant.MIN);
    }

    private static HttpAnswer errorResponse(int status, String body) {
        return new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
