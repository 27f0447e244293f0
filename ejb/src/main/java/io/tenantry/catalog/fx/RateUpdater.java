package io.tenantry.catalog.fx;

import io.tenantry.catalog.fx.RateAdministration.Outcome;
import io.tenantry.config.Settings;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fetches rates as they are published, if there is a source. Repeated calls change nothing; after a failure the source is queried again an hour
 * later. Not to be called within a transaction.
 */
@ApplicationScoped
public class RateUpdater {
    private static final System.Logger LOG = System.getLogger(RateUpdater.class.getName());
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(50);

    /** The number of past days that a new platform fetches. */
    private static final int DAYS_AT_FIRST = 89;

    @Inject
    Settings settings;

    @Inject
    HttpGateway httpGateway;

    @Inject
    RateAdministration administration;

    @Inject
    Clock clock;

    /** When this node last queried the source, in epoch seconds. */
    private final AtomicLong asked = new AtomicLong(Instant.MIN.getEpochSecond());

    /** Fetches rates that are not known yet, at most once an hour on a node. */
    public void keep() {
        var source = settings.demo() ? new DemoRates() : new EcbRateSource(settings, httpGateway);
        var now = clock.instant();
        var before = asked.get();
        if (!source.isOn()
                || before > now.minus(AGAIN_AFTER).getEpochSecond()
                || !asked.compareAndSet(before, now.getEpochSecond())) {
            return;
        }
        var today = now.atZone(ZoneOffset.UTC).toLocalDate();
        try (var actorScope = Actors.enter(Actor.system("exchange-rates"))) {
            var last = Tenancy.in(Scope.PLATFORM, administration::lastDay).orElse(today.minusDays(DAYS_AT_FIRST));
            if (last.isBefore(today)) {
                take(source, last, today);
            }
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "exchange rates not fetched source=" + source.name(), failure);
        }
    }

    private void take(RateSource source, LocalDate last, LocalDate today) {
        var file = Tenancy.in(Scope.PLATFORM, () -> source.since(last, today));
        if (EcbRateFile.of(file).rates().isEmpty()) {
            return;
        }
        var outcome = Tenancy.in(Scope.PLATFORM, () -> administration.take(source.name(), file));
        if (outcome instanceof Outcome.Invalid wrong) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "exchange rates rejected source=" + source.name() + " faults=" + wrong.faults());
        }
    }
}
