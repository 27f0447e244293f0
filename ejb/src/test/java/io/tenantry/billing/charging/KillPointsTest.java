package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.Killer.Victim;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.BuildLog;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An hour passes; a worker charges it and is killed before or after one step; half of the time another worker competes with it. Then another
 * worker completes the run. Every hour of every service is charged once, regardless of what was killed and where.
 *
 * <p>{@code -Dtenantry.kills=9000} and {@code -Dtenantry.kills.database=800} kill more often, {@code -Dtenantry.kills.seed=...} repeats an
 * order.
 */
@Tag("full")
class KillPointsTest implements KillIterations.Story {
    private static final int KILLS = Integer.getInteger("tenantry.kills", 45);
    private static final int OF_THE_DATABASE = Integer.getInteger("tenantry.kills.database", 3);
    private static final long SEED = Long.getLong("tenantry.kills.seed", System.nanoTime());

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final BigDecimal MONTHLY = new BigDecimal("7.30");
    private static final BigDecimal HOURLY = new BigDecimal("0.01");
    /** Wallets of each tenant: the last one is charged at once, as they fit in a batch. */
    private static final SortedMap<String, Integer> SIZES =
            new TreeMap<>(Map.of("killed-one", 6, "killed-two", 6, "killed-small", 2));

    private static final int SERVICES = 2;
    private static final int MOMENTS_AT_LEAST = 51;

    private static final String UNFINISHED =
            "select id from work.charging_run where state <> 'DONE' and tenant like 'killed-%'";

    /** Services whose hours were not each charged exactly once, and wallets whose balance differs from what is left. */
    private static final String WRONG = """
            (select s.id || ' has paid for ' || coalesce(sum(p.hours), 0) || ' hours'
               from ${schema}.service s
               left join ${schema}.rated_period p on p.service_id = s.id
              group by s.id
             having coalesce(sum(p.hours), 0) <> ${hours}
              union all
             select id || ' holds ' || balance from ${schema}.wallet where balance <> 1000 - ${spent})
            """;

    private static final List<BillingFixture> BOOKS = new ArrayList<>();
    private static final Random RANDOM = new Random(SEED);

    private static List<TenantId> tenants = List.of();
    private static int hours = 1;

    private final Killer killer = new Killer();
    private final InterruptibleRuns mortal = new InterruptibleRuns(killer, tenants);
    private final InterruptibleRuns helpful = new InterruptibleRuns(new Killer(), tenants);
    private final KillIterations rounds = new KillIterations(killer, RANDOM, this);

    @BeforeAll
    static void openLedger() {
        BuildLog.note("kills: seed " + SEED);
        for (var size : SIZES.entrySet()) {
            var name = size.getKey();
            var billingFixture = new BillingFixture(name, "USD", "UTC");
            billingFixture.clock.stopAt(BEGIN);
            var price = billingFixture.price(MONTHLY.toPlainString());
            for (var i = 0; i < size.getValue(); i++) {
                var wallet = billingFixture.wallet("1000");
                for (var k = 0; k < SERVICES; k++) {
                    billingFixture.rent(wallet, price, BEGIN);
                }
            }
            BOOKS.add(billingFixture);
        }
        tenants = BOOKS.stream().map(billingFixture -> billingFixture.tenant).toList();
    }

    @AfterAll
    static void nobodyWorks() {
        for (var tenant : tenants) {
            Database.asOwner(
                    "delete from work.charging_slice s using work.charging_run r where r.id = s.run_id and r.tenant = '"
                            + tenant.value() + "'");
            Database.asOwner("delete from work.charging_run where tenant = '" + tenant.value() + "'");
        }
    }

    @AfterEach
    void theAuditorFindsNothing() {
        rounds.close();
        mortal.close();
        helpful.close();
        for (var billingFixture : BOOKS) {
            assertThat(billingFixture.faults()).isEmpty();
            assertThat(AuditorFixture.found(billingFixture.tenant)).isEmpty();
        }
    }

    @Test
    void chargesEachHourOnceAfterACrashAtAnyStep() throws InterruptedException {
        kill(List.of(Victim.WORKER, Victim.SESSION, Victim.LINE), KILLS);
    }

    @Test
    void chargesEachHourOnceAfterADatabaseCrashAtAnyStep() throws InterruptedException {
        kill(List.of(Victim.DATABASE), OF_THE_DATABASE);
    }

    private void kill(List<Victim> victims, int times) throws InterruptedException {
        tell(victims, rounds.kill(victims, times, MOMENTS_AT_LEAST));
        assertThat(killer.kills()).hasSizeGreaterThan(Math.min(times / 5, 20));
    }

    /** An hour passes. */
    @Override
    public void begin() {
        hours++;
    }

    @Override
    public void work() {
        charge(mortal);
    }

    @Override
    public boolean finish() {
        charge(helpful);
        var unfinished = Database.texts(UNFINISHED);
        unfinished.forEach(run -> helpful.retry(Long.parseLong(run)));
        return unfinished.isEmpty();
    }

    private static void charge(InterruptibleRuns runs) {
        runs.open(BEGIN.plus(Duration.ofHours(hours)));
        new ChargingWorker(runs, parked -> {}).work(() -> true);
    }

    @Override
    public List<String> wrong() {
        return Database.texts(tenants.stream()
                .map(tenant -> WRONG.replace("${schema}", tenant.schema())
                        .replace("${hours}", String.valueOf(hours))
                        .replace("${spent}", spent().toPlainString()))
                .collect(Collectors.joining(" union all ")));
    }

    /** Returns the expected charges of a wallet: a cent an hour for each service, and at most 7.30 in a month. */
    private static BigDecimal spent() {
        var end = BEGIN.plus(Duration.ofHours(hours)).atOffset(ZoneOffset.UTC);
        var perService = BigDecimal.ZERO;
        for (var month = BEGIN.atOffset(ZoneOffset.UTC); month.isBefore(end); month = month.plusMonths(1)) {
            var next = month.plusMonths(1);
            var started =
                    Duration.between(month, next.isBefore(end) ? next : end).toHours();
            perService =
                    perService.add(HOURLY.multiply(BigDecimal.valueOf(started)).min(MONTHLY));
        }
        return perService.multiply(BigDecimal.valueOf(SERVICES));
    }

    private void tell(List<Victim> victims, Duration took) {
        BuildLog.note(
                "kills: %d of %s at %d named moments, at each at least %d, in %d s; %d hours of %d services, each paid for once"
                        .formatted(
                                killer.count(),
                                victims,
                                killer.kills().size(),
                                Collections.min(killer.kills().values()),
                                took.toSeconds(),
                                hours,
                                SIZES.values().stream()
                                                .mapToInt(Integer::intValue)
                                                .sum()
                                        * SERVICES));
    }
}
