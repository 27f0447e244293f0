package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider.CannedAnswer;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import io.tenantry.testing.WithinTenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(WithinTenant.class)
class DigitalOceanProtocolTest {
    private static final Instant NOW = OpenAccount.NOW;

    private final DigitalOceanProtocol dialect = new DigitalOceanProtocol();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | Unable to authenticate you.                                                | CREDENTIALS
            403 | You are not authorized to perform this operation                           | FORBIDDEN
            403 | volume limit (7) has been reached. Current number of volumes: 7.           | LIMIT
            404 | The resource you requested could not be found.                             | NOT_FOUND
            409 | The request could not be completed due to a conflict.                      | BUSY
            409 | A volume that's attached to a Droplet cannot be deleted.                   | BUSY
            422 | creating this/these droplet(s) will exceed your droplet limit              | LIMIT
            422 | volume/snapshot capacity limit exceeded                                    | LIMIT
            422 | This size is currently restricted please send an additional payment        | LIMIT
            422 | Size is not available in this region.                                      | NO_CAPACITY
            422 | size is unavailable                                                        | NO_CAPACITY
            422 | Region is not available                                                    | NO_CAPACITY
            422 | Size is too large to fit on your droplet's server                          | NO_CAPACITY
            422 | Droplet already has a pending event.                                       | BUSY
            422 | Droplet is currently on. Please power it off to run this event.            | BUSY
            422 | Droplet is already powered off.                                            | BUSY
            422 | The image you specified is not available in the selected region            | INVALID
            422 | Size can not decrease size of Droplet's disk image                         | INVALID
            422 | request payload validation failed                                          | INVALID
            400 | error parsing request body                                                 | INVALID
            429 | API Rate limit exceeded.                                                   | RATE_LIMITED
            500 | Unexpected server-side error                                               | PROVIDER_ERROR
            503 | Droplet limit unknown                                                      | PROVIDER_ERROR
            """)
    void mapsStatusAndMessageToAReason(int status, String words, Reason reason) {
        var failure = dialect.refusal(answer(status, "{\"id\": \"x\", \"message\": \"" + words + "\"}", Map.of()));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessage(status + ": " + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html>Bad gateway</html>
            {"message": 1}
            []
            ''
            """)
    void mapsTheStatusWhenThereIsNoMessage(String body) {
        assertThat(dialect.refusal(answer(502, body, Map.of())))
                .hasMessage("status 502")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_ERROR));
    }

    @Test
    void sendsTheTokenInAHeaderOnly() {
        var credentials = new Credentials(URI.create("https://api.digitalocean.com"), "dop_v1_secret");
        assertThat(dialect.headers(credentials)).isEqualTo(Map.of("Authorization", "Bearer dop_v1_secret"));
    }

    @Test
    void waitsForTheHourlyLimitToReset() {
        var headers = Map.of("ratelimit-remaining", "0", "ratelimit-reset", reset(1800));
        assertThat(dialect.quietUntil(answer(200, "{}", headers), NOW)).contains(NOW.plusSeconds(1800));
        assertThat(dialect.quietUntil(answer(429, "{}", Map.of("ratelimit-reset", reset(1800))), NOW))
                .contains(NOW.plusSeconds(1800));
    }

    @Test
    void waitsAsLongAsTheMinuteLimitStates() {
        var headers = Map.of("ratelimit-remaining", "0", "ratelimit-reset", reset(1800), "retry-after", "29");
        assertThat(dialect.quietUntil(answer(429, "{}", headers), NOW)).contains(NOW.plusSeconds(29));
    }

    @Test
    void doesNotWaitWhileRequestsRemain() {
        var headers = Map.of("ratelimit-remaining", "1", "ratelimit-reset", reset(1800));
        assertThat(dialect.quietUntil(answer(200, "{}", headers), NOW)).isEmpty();
        // Lists of keys have a separate limit, which these headers do not state.
        assertThat(dialect.quietUntil(answer(429, "{}", headers), NOW)).isEmpty();
        assertThat(dialect.quietUntil(answer(200, "{}", Map.of()), NOW)).isEmpty();
        assertThat(dialect.quietUntil(answer(429, "{}", Map.of("retry-after", "soon")), NOW))
                .isEmpty();
    }

    @Test
    void sendsNothingWhileTheLimitIsExhausted() {
        try (var open = new OpenAccount()) {
            open.provider.respondWith(new CannedAnswer(
                    200,
                    FakeDigitalOceanCatalog.ACCOUNT,
                    Map.of("ratelimit-limit", "5000", "ratelimit-remaining", "0", "ratelimit-reset", reset(1800))));
            open.account.check();
            assertThatThrownBy(open.account::check).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
                assertThat(failure.comeAgainIn()).contains(Duration.ofMinutes(30));
            });
            assertThat(open.requests()).hasSize(1);

            open.clock.stopAt(NOW.plusSeconds(1800));
            assertThat(open.account.check()).isNotBlank();
        }
    }

    private static String reset(int seconds) {
        return String.valueOf(NOW.plusSeconds(seconds).getEpochSecond());
    }

    private static HttpAnswer answer(int status, String body, Map<String, String> headers) {
        return new HttpAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
