package io.tenantry.catalog.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.fx.RateAdministration.FaultyLine;
import io.tenantry.catalog.fx.RateAdministration.LatestRate;
import io.tenantry.catalog.fx.RateAdministration.Outcome;
import io.tenantry.catalog.fx.RateAdministration.RateImport;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A wrong rate is replaced by a correction, and stays on record. Each test is rolled back. */
class RateCorrectionTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Currency KRONA = Currency.getInstance("ISK");
    private static final LocalDate FRIDAY = LocalDate.of(2020, 10, 30);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2020-11-02T16:00:00Z"), ZoneOffset.UTC);
    private static final String WRONG = "Date,ISK\n2020-10-29,0.0061\n2020-10-30,0.0062\n";
    private static final String RIGHT = "Date,ISK\n2020-10-29,163.9\n2020-10-30,164.5\n2020-11-02,164.1\n";

    private final Sql sql = new Sql(Database.runtime());
    private final List<String> recorded = new ArrayList<>();
    private final RateAdministration administration = new RateAdministration(
            sql,
            CLOCK,
            new Access() {
                @Override
                public void require(String permission) {
                    recorded.add(permission);
                }
            },
            new AuditTrail() {
                @Override
                public void record(String action, String kind, String subject, Map<String, ?> facts) {
                    recorded.add(action + " " + facts.get("reason"));
                }
            });

    private void platform(Runnable work) {
        Database.rolledBack(Scope.PLATFORM, () -> {
            try (var actorScope = Actors.enter(Actor.system("test"))) {
                work.run();
            }
        });
    }

    @Test
    void replacesWrongRatesFromThenOn() {
        platform(() -> {
            assertThat(administration.read(WRONG)).isEqualTo(new Outcome.Done(2, 0, 0));
            assertThat(rate()).isEqualByComparingTo("0.0062");

            assertThat(administration.correct(RIGHT, " inverted  file ")).isEqualTo(new Outcome.Done(1, 0, 2));

            assertThat(rate()).isEqualByComparingTo("164.5");
            assertThat(recorded).contains("exchange_rates.corrected inverted file");
            assertThat(administration.latest())
                    .filteredOn(one -> one.currency().equals("ISK"))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.day()).isEqualTo(LocalDate.of(2020, 11, 2));
                        assertThat(one.days()).isEqualTo(3);
                    });
            assertThat(administration.readings())
                    .extracting(RateImport::reason)
                    .contains(Optional.of("inverted file"), Optional.empty());
            assertThat(sql.query(
                            "select per_euro from exchange_rate where currency = 'ISK' and day = ? order by version",
                            row -> row.decimal("per_euro").stripTrailingZeros(),
                            FRIDAY))
                    .containsExactly(new BigDecimal("0.0062"), new BigDecimal("164.5"));
        });
    }

    @Test
    void correctsACorrection() {
        platform(() -> {
            administration.read(RIGHT);
            administration.correct("Date,ISK\n2020-11-02,146.1\n", "typing error");
            assertThat(administration.latest())
                    .filteredOn(one -> one.currency().equals("ISK"))
                    .extracting(LatestRate::perEuro)
                    .usingElementComparator(BigDecimal::compareTo)
                    .containsExactly(new BigDecimal("146.1"));

            assertThat(administration.correct(RIGHT, "was right")).isEqualTo(new Outcome.Done(0, 2, 1));

            assertThat(administration.read(RIGHT))
                    .as("the corrected rate is the known one")
                    .isEqualTo(new Outcome.Done(0, 3, 0));
        });
    }

    @Test
    void changesNothingWithoutAReasonOrWithAFault() {
        platform(() -> {
            administration.read(RIGHT);
            var other = "Date,ISK\n2020-10-30,165.5\n";

            assertThat(administration.correct(other, " ")).isEqualTo(new Outcome.ReasonMissing());
            assertThat(administration.correct(other, "x".repeat(201))).isEqualTo(new Outcome.ReasonMissing());
            assertThat(kinds(administration.read(other))).containsExactly("KNOWN");
            assertThat(kinds(administration.correct(other + "2020-10-30,166.5\n", "twice")))
                    .containsExactly("KNOWN");
            assertThat(kinds(administration.correct("Date,ISK\n2020-10-30,0.0061\n", "inverted")))
                    .containsExactly("IMPLAUSIBLE");
            assertThat(kinds(administration.correct("Date,ISK\n2020-11-03,165\n", "tomorrow")))
                    .containsExactly("FUTURE");
            assertThat(rate()).isEqualByComparingTo("164.5");
        });
    }

    private BigDecimal rate() {
        return new ExchangeRates(sql).of(EURO, KRONA, FRIDAY).orElseThrow().perHome();
    }

    private static List<String> kinds(Outcome outcome) {
        return ((Outcome.Invalid) outcome)
                .faults().stream().map(FaultyLine::kind).toList();
    }
}
