package io.tenantry.catalog.fx;

import io.tenantry.config.Settings;
import io.tenantry.kernel.http.HttpCall;
import io.tenantry.kernel.http.HttpFailure;
import io.tenantry.kernel.http.HttpGateway;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * The European Central Bank's euro reference rates, published each working day at about 16:00 in Frankfurt. The bank publishes one file of the
 * last day and one of the last ninety; a longer gap is closed by a file that an operator uploads.
 */
final class EcbRateSource implements RateSource {
    /** The source name of rates from its files, whether fetched or uploaded. */
    static final String NAME = "ECB";

    private static final int SHORT_DAYS = 1;

    private final Settings settings;
    private final HttpGateway httpGateway;

    EcbRateSource(Settings settings, HttpGateway httpGateway) {
        this.settings = settings;
        this.httpGateway = httpGateway;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isOn() {
        return !settings.ecbUrl().isEmpty();
    }

    @Override
    public String since(LocalDate after, LocalDate today) {
        var file = after.plusDays(SHORT_DAYS).isBefore(today) ? "eurofxref-hist-90d.xml" : "eurofxref-daily.xml";
        var uri = URI.create(settings.ecbUrl().replaceAll("/+$", "") + "/" + file);
        try {
            var httpAnswer = httpGateway.send(
                    new HttpCall("GET", uri, Map.of("Accept", "application/xml, text/xml"), Optional.empty()));
            if (!httpAnswer.isFine()) {
                throw new RateSourceUnavailable("status " + httpAnswer.status() + " for " + file);
            }
            return new String(httpAnswer.body(), StandardCharsets.UTF_8);
        } catch (HttpFailure failure) {
            throw new RateSourceUnavailable(String.valueOf(failure.getMessage()));
        }
    }
}
