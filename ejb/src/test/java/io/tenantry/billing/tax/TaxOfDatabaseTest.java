package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database determines tax as {@link TaxDetermination} does, from rules that are data. */
class TaxOfDatabaseTest {
    private static final Instant AT = Instant.parse("2026-11-10T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 10);
    private static final List<String> COUNTRIES =
            List.of("DE", "FR", "FI", "IE", "GB", "NO", "CH", "US", "ES", "PT", "MC", "LI", "IM");
    private static final Map<String, List<String>> REGIONS = Map.of(
            "US",
            List.of("", "CA", "NY"),
            "FR",
            List.of("", "RE"),
            "CH",
            List.of("", "ZH"),
            "ES",
            List.of("", "CN", "MD"),
            "PT",
            List.of("", "20", "11"),
            "FI",
            List.of("", "01"));

    /** Rates in addition to those shipped with the application. */
    private static final Map<String, String> RATES =
            Map.of("US-CA", "7.25", "FR-RE", "8.5", "CH-ZH", "9.1", "US-NY", "8.875");

    /**
     * Rates of further categories: a different rate, none, one equal to the standard or another category's, one of another region, one in the
     * future.
     */
    private static final List<String> MORE = List.of(
            "DE;REDUCED;7;2024-01-01",
            "DE;DOMAIN;7;2024-01-01",
            "FR;REDUCED;10;2024-01-01",
            "FR;REDUCED;5.5;2026-11-10",
            "FI;REDUCED;25.5;2024-01-01",
            "GB;REDUCED;0;2024-01-01",
            "US-NY;DOMAIN;0;2024-01-01",
            "FR-RE;DOMAIN;2.1;2024-01-01",
            "CH;REDUCED;2.6;2026-11-11");

    private static final List<String> CATEGORIES = List.of("DOMAIN", "REDUCED", TaxRates.STANDARD);

    private static final TaxDetermination RULE = new TaxDetermination(rates());

    private static BillingFixture billingFixture;

    /** A seller that collects tax, as stored in rows. */
    private record Seller(String country, Set<String> domestic, Optional<String> oneStop, boolean isSmall) {
        TaxRegistrationStatus collector() {
            var registered = new ArrayList<>(domestic);
            oneStop.ifPresent(registered::add);
            if (isSmall) {
                registered.add(country);
            }
            return new TaxRegistrationStatus(country, Set.copyOf(registered), oneStop.isPresent(), isSmall);
        }
    }

    private static TaxRates rates() {
        var lines = Stream.concat(
                TaxRates.lines(),
                RATES.entrySet().stream().map(rate -> rate.getKey() + ";STANDARD;" + rate.getValue() + ";2024-01-01"));
        return TaxRates.of(Stream.concat(lines, MORE.stream()));
    }

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("assessed", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(AT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void decidesLikeTheJavaRule(long seed) {
        var seller = seller(new Random(seed));
        var expected = new ArrayList<String>();
        for (var taxCustomer : buyers()) {
            for (var category : CATEGORIES) {
                var decision = RULE.decide(seller.collector(), taxCustomer, category, DAY);
                expected.add(answer(
                        taxCustomer,
                        category,
                        decision.treatment().name(),
                        decision.place(),
                        decision.percent().movePointLeft(2)));
            }
        }

        assertThat(answers(seller)).as(seller.toString()).containsExactlyElementsOf(expected);
    }

    private static List<TaxCustomer> buyers() {
        return COUNTRIES.stream()
                .flatMap(country -> REGIONS.getOrDefault(country, List.of("")).stream()
                        .flatMap(region -> Stream.of(TaxCustomer.Status.values())
                                .map(status -> new TaxCustomer(country, region, status))))
                .toList();
    }

    private static Seller seller(Random random) {
        var home = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        var isSmall = random.nextInt(4) == 0;
        var domestic = COUNTRIES.stream()
                .filter(country -> !country.equals("US") && random.nextInt(3) == 0)
                .filter(country -> !isSmall || !country.equals(home))
                .collect(Collectors.toCollection(TreeSet::new));
        RATES.keySet().stream().sorted().filter(any -> random.nextInt(3) == 0).forEach(domestic::add);
        var oneStop = random.nextInt(3) == 0 ? Optional.of("IE") : Optional.<String>empty();
        if (domestic.isEmpty() && oneStop.isEmpty() && !isSmall) {
            return new Seller(home, Set.of("DE"), oneStop, false);
        }
        return new Seller(home, domestic, oneStop, isSmall);
    }

    private static String answer(
            TaxCustomer taxCustomer, String category, String treatment, String place, BigDecimal rate) {
        return taxCustomer.place() + " " + taxCustomer.status() + " " + category + ": " + treatment + " " + place + " "
                + rate.setScale(6).toPlainString();
    }

    /** Writes the rules, queries, and rolls back: tax settings are never deleted. */
    private static List<String> answers(Seller seller) {
        var answers = new ArrayList<String>();
        Database.rolledBack(billingFixture.tenant, () -> {
            enterSeller(seller.country());
            RATES.forEach((place, percent) -> rate(place, TaxRates.STANDARD, percent, "2024-01-01"));
            for (var line : MORE) {
                var parts = line.split(";", -1);
                rate(parts[0], parts[1], parts[2], parts[3]);
            }
            for (var country : seller.domestic()) {
                register(country, "DOMESTIC");
            }
            seller.oneStop().ifPresent(country -> register(country, "OSS"));
            if (seller.isSmall()) {
                register(seller.country(), "SMALL_BUSINESS");
            }
            answers.addAll(queryAnswers());
            assertThat(billingFixture.sql.query(
                            "select place from applied_tax group by treatment, place, rate, included, parts having count(*) > 1",
                            row -> row.text("place")))
                    .as("one applied tax per rate")
                    .isEmpty();
        });
        return answers;
    }

    private static void rate(String place, String category, String percent, String from) {
        billingFixture.sql.update("""
                insert into tax_rate (place, category, percent, from_day, recorded_at, recorded_by)
                values (?, ?, ?, ?::date, now(), 'x')
                """, place, category, new BigDecimal(percent), from);
    }

    private static List<String> queryAnswers() {
        var answers = new ArrayList<String>();
        for (var taxCustomer : buyers()) {
            var wallet = wallet(taxCustomer);
            for (var category : CATEGORIES) {
                var term = billingFixture.sql.one(
                        "select id, rate from applicable_tax(?, ?, ?, 'Europe/Berlin')",
                        row -> row.big("id"),
                        wallet,
                        category,
                        AT);
                answers.add(billingFixture.sql.one(
                        "select treatment, place, rate from applied_tax where id = ?",
                        row -> answer(
                                taxCustomer, category, row.text("treatment"), row.text("place"), row.decimal("rate")),
                        term));
            }
        }
        return answers;
    }

    private static UUID wallet(TaxCustomer taxCustomer) {
        var organization = UUID.randomUUID();
        var wallet = UUID.randomUUID();
        billingFixture.sql.update(
                "insert into organization (id, name, billing_email, country, created_at) values (?, 'N', 'n@n.example', ?, ?)",
                organization,
                taxCustomer.country(),
                AT);
        if (!taxCustomer.region().isEmpty()) {
            billingFixture.sql.update("""
                    insert into invoice_buyer (organization_id, name, street, postcode, city, country, region, vat_number, email, reference,
                                               recorded_at, recorded_by)
                    values (?, 'N', '', '', '', ?, ?, '', 'n@n.example', '', ?, 'x')
                    """, organization, taxCustomer.country(), taxCustomer.region(), AT);
        }
        billingFixture.ledger.openAccount(
                wallet,
                io.tenantry.kernel.ledger.Ledger.AccountKind.WALLET,
                billingFixture.money("0").currency());
        billingFixture.sql.update(
                "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, 'EUR', ?)",
                wallet,
                organization,
                AT);
        billingFixture.sql.update("""
                insert into tax_status (organization_id, status, evidence, from_at, recorded_at, recorded_by) values (?, ?, 'x', ?, ?, 'x')
                """, organization, taxCustomer.status(), AT, AT);
        return wallet;
    }

    private static void enterSeller(String country) {
        billingFixture.sql.update("""
                insert into invoice_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, bank,
                                            iban, bic, note, recorded_at, recorded_by)
                values ('S', 'S', '', 'S', ?, '', '', '', '', '', '', '', '', now(), 'test')
                """, country);
    }

    private static void register(String country, String scheme) {
        billingFixture.sql.update("""
                insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by) values (?, '1', ?, ?, ?, 'x')
                """, country, scheme, AT, AT);
    }

    @Test
    void storesTheRatesOfTheApplication() {
        var rates = billingFixture.in(() -> billingFixture.sql.query(
                "select place, category, percent, from_day from tax_rate",
                row -> row.text("place") + ";" + row.text("category") + ";" + row.date("from_day") + ";"
                        + row.decimal("percent").stripTrailingZeros().toPlainString()));

        assertThat(rates).hasSize(36).allSatisfy(rate -> {
            var parts = rate.split(";", -1);
            assertThat(TaxRates.known().on(LocalDate.parse(parts[2]), parts[0], parts[1]))
                    .get()
                    .satisfies(percent -> assertThat(percent).isEqualByComparingTo(parts[3]));
        });
    }

    @Test
    void refusesTaxWithoutAKnownRate() {
        assertThatThrownBy(() -> Database.rolledBack(billingFixture.tenant, () -> {
                    enterSeller("US");
                    register("US", "DOMESTIC");
                    var unused = billingFixture.sql.one(
                            "select rate from applicable_tax(?, 'STANDARD', ?, 'UTC')",
                            row -> row.decimal("rate"),
                            wallet(new TaxCustomer("US", TaxCustomer.Status.CONSUMER)),
                            AT);
                }))
                .isInstanceOf(SqlFailure.class)
                .hasStackTraceContaining("no rate of STANDARD in US");
    }

    @Test
    void collectsNoTaxWithoutARegistration() {
        var wallet = billingFixture.wallet("1");

        String found = billingFixture.in(() -> billingFixture.sql.one(
                "select rate, id is null as is_none from applicable_tax(?, 'STANDARD', ?, 'UTC')",
                row -> row.decimal("rate").signum() + " " + row.flag("is_none"),
                wallet,
                AT));
        assertThat(found).isEqualTo("0 true");
    }
}
