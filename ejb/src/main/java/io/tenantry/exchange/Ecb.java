package io.tenantry.exchange;

import io.tenantry.config.Settings;
import io.tenantry.outbound.Call;
import io.tenantry.outbound.Outbound;
import io.tenantry.outbound.OutboundFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * The European Central Bank's euro reference rates, each working day at about 16:00 in Frankfurt. It publishes one file of the last day and one of
 * the last ninety; a gap that is longer is closed by a file that an operator reads in.
 */
final class Ecb implements RateSource {
    /** What rates of its files are called, whoever reads them in. */
    static final String NAME = "ECB";

    private static final int SHORT_DAYS = 1;

    private final Settings settings;
    private final Outbound outbound;

    Ecb(Settings settings, Outbound outbound) {
        this.settings = settings;
        this.outbound = outbound;
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
            var answer = outbound.send(
                    new Call("GET", uri, Map.of("Accept", "application/xml, text/xml"), Optional.empty()));
            if (!answer.isFine()) {
                throw new Unanswered("status " + answer.status() + " for " + file);
            }
            return new String(answer.body(), StandardCharsets.UTF_8);
        } catch (OutboundFailure failure) {
            throw new Unanswered(String.valueOf(failure.getMessage()));
        }
    }
}
