package io.tenantry.cloud.provider.virtfusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtFusionProtocolTest {
    private final VirtFusionProtocol dialect = new VirtFusionProtocol();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        401 | ``                                                              | CREDENTIALS | 401
        403 | {"msg":"token not permitted"}                                   | FORBIDDEN   | 403: token not permitted
        404 | {"msg":"server not found"}                                      | NOT_FOUND   | 404: server not found
        409 | {"errors":["A build is running"]}                               | BUSY        | 409: A build is running
        422 | {"errors":["Invalid or disabled firewall ruleset"]}             | INVALID     | 422: Invalid or disabled firewall ruleset
        422 | {"errors":["No hypervisors available"]}                         | NO_CAPACITY | 422: No hypervisors available
        422 | {"errors":["Not enough free memory"]}                           | NO_CAPACITY | 422: Not enough free memory
        422 | {"errors":["Server limit has been reached"]}                    | LIMIT       | 422: Server limit has been reached
        400 | {"msg":"a task is in progress"}                                 | BUSY        | 400: a task is in progress
        422 | {"message":"Failed","errors":{"name":["is needed","is short"]}} | INVALID     | 422: is needed; is short; Failed
        429 | {"message":"Too Many Attempts."}                                | RATE_LIMITED   | 429: Too Many Attempts.
        500 | <html>                                                          | PROVIDER_ERROR      | 500
        503 | {"message":"Service Unavailable"}                               | PROVIDER_ERROR      | 503: Service Unavailable
        """)
    void mapsStatusAndMessageToAReason(int status, String body, Reason reason, String words) {
        var refusal = dialect.refusal(new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(words);
    }

    @Test
    void waitsUntilTheRateLimitResets() {
        var now = Instant.parse("2026-11-22T11:00:00Z");
        var used = new HttpAnswer(
                429, Map.of("x-ratelimit-reset", "1795345260", "x-ratelimit-remaining", "0"), new byte[0]);
        var left = new HttpAnswer(200, Map.of("x-ratelimit-remaining", "12"), new byte[0]);

        assertThat(dialect.quietUntil(used, now)).contains(Instant.ofEpochSecond(1_795_345_260));
        assertThat(dialect.quietUntil(left, now)).isEmpty();
    }
}
