package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.tax.TaxCustomer.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxDeterminationTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 1);
    private static final TaxDetermination RULE = new TaxDetermination(TaxRates.known());

    /** The seller: German only, with OSS, or also registered elsewhere; American only or registered somewhere. */
    private static TaxRegistrationStatus seller(String who) {
        return switch (who) {
            case "small" -> new TaxRegistrationStatus("DE", Set.of("DE"), false, false);
            case "one-stop" -> new TaxRegistrationStatus("DE", Set.of("DE"), true, false);
            case "swiss-too" -> new TaxRegistrationStatus("DE", Set.of("DE", "CH"), true, false);
            case "american" -> new TaxRegistrationStatus("US", Set.of(), false, false);
            case "french-too" -> new TaxRegistrationStatus("DE", Set.of("DE", "FR"), false, false);
            case "tiny" -> new TaxRegistrationStatus("DE", Set.of("DE"), false, true);
            case "irish-too" -> new TaxRegistrationStatus("US", Set.of("IE"), true, false);
            case "british-too" -> new TaxRegistrationStatus("US", Set.of("GB"), false, false);
            default -> throw new IllegalArgumentException(who);
        };
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    small,       DE, CONSUMER, TAXED,          DE, 19
                    small,       DE, BUSINESS, TAXED,          DE, 19
                    small,       DE, EXEMPT,   EXEMPT,         DE, 0
                    small,       FR, BUSINESS, REVERSE_CHARGE, FR, 0
                    small,       FR, CONSUMER, TAXED,          DE, 19
                    small,       CH, BUSINESS, OUT_OF_SCOPE,        CH, 0
                    small,       US, CONSUMER, OUT_OF_SCOPE,        US, 0
                    one-stop,    DE, CONSUMER, TAXED,          DE, 19
                    one-stop,    FR, CONSUMER, TAXED,          FR, 20
                    one-stop,    FI, CONSUMER, TAXED,          FI, 25.5
                    one-stop,    FR, BUSINESS, REVERSE_CHARGE, FR, 0
                    one-stop,    FR, EXEMPT,   EXEMPT,         FR, 0
                    one-stop,    GB, CONSUMER, OUT_OF_SCOPE,        GB, 0
                    tiny,        DE, CONSUMER, SMALL_BUSINESS, DE, 0
                    tiny,        DE, BUSINESS, SMALL_BUSINESS, DE, 0
                    tiny,        FR, CONSUMER, SMALL_BUSINESS, FR, 0
                    tiny,        FR, BUSINESS, REVERSE_CHARGE, FR, 0
                    tiny,        US, CONSUMER, OUT_OF_SCOPE,        US, 0
                    swiss-too,   CH, CONSUMER, TAXED,          CH, 8.1
                    swiss-too,   CH, BUSINESS, TAXED,          CH, 8.1
                    swiss-too,   FR, BUSINESS, REVERSE_CHARGE, FR, 0
                    american,    US, CONSUMER, NOT_REGISTERED, US, 0
                    american,    DE, BUSINESS, NOT_REGISTERED, DE, 0
                    french-too,  FR, CONSUMER, TAXED,          FR, 20
                    french-too,  FR, BUSINESS, REVERSE_CHARGE, FR, 0
                    irish-too,   FR, CONSUMER, TAXED,          FR, 20
                    irish-too,   FR, BUSINESS, REVERSE_CHARGE, FR, 0
                    irish-too,   IE, BUSINESS, REVERSE_CHARGE, IE, 0
                    irish-too,   US, CONSUMER, NOT_REGISTERED, US, 0
                    british-too, GB, BUSINESS, REVERSE_CHARGE, GB, 0
                    british-too, GB, CONSUMER, TAXED,          GB, 20
                    british-too, DE, CONSUMER, NOT_REGISTERED, DE, 0
                    """)
    void decidesByCountriesAndStatusOfTheBuyer(
            String who, String country, Status status, TaxTreatment taxTreatment, String place, BigDecimal percent) {
        var decision = RULE.decide(seller(who), new TaxCustomer(country, status), TaxRates.STANDARD, DAY);

        assertThat(decision.treatment()).isEqualTo(taxTreatment);
        assertThat(decision.place()).isEqualTo(place);
        assertThat(decision.percent()).isEqualByComparingTo(percent);
    }

    /** Monaco, the Isle of Man and Liechtenstein count as their neighbors; parts of member states are outside the VAT area. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    DE, DE,    true,  MC, '', CONSUMER, TAXED,          FR,    20
                    DE, DE,    true,  MC, '', BUSINESS, REVERSE_CHARGE, FR,    0
                    FR, FR,    false, MC, '', CONSUMER, TAXED,          FR,    20
                    FR, FR,    false, MC, '', BUSINESS, TAXED,          FR,    20
                    MC, FR,    false, MC, '', CONSUMER, TAXED,          FR,    20
                    MC, MC,    true,  DE, '', BUSINESS, REVERSE_CHARGE, DE,    0
                    GB, GB,    false, IM, '', CONSUMER, TAXED,          GB,    20
                    CH, CH,    false, LI, '', CONSUMER, TAXED,          CH,    8.1
                    CH, CH,    false, LI, '', BUSINESS, TAXED,          CH,    8.1
                    DE, DE,    true,  ES, CN, CONSUMER, OUT_OF_SCOPE,   ES-CN, 0
                    ES, ES,    false, ES, GC, CONSUMER, OUT_OF_SCOPE,   ES-GC, 0
                    DE, DE,    true,  ES, TF, BUSINESS, OUT_OF_SCOPE,   ES-TF, 0
                    DE, DE,    true,  ES, MD, CONSUMER, TAXED,          ES,    21
                    DE, DE,    true,  FI, 01, CONSUMER, OUT_OF_SCOPE,   FI-01, 0
                    FI, FI,    false, FI, 01, CONSUMER, TAXED,          FI,    25.5
                    DE, DE,    true,  FR, RE, CONSUMER, OUT_OF_SCOPE,   FR-RE, 0
                    PT, PT,    false, PT, 20, CONSUMER, TAXED,          PT-20, 16
                    DE, DE,    true,  PT, 30, CONSUMER, TAXED,          PT-30, 22
                    DE, DE,    false, PT, 30, CONSUMER, TAXED,          DE,    19
                    DE, DE,    true,  PT, 30, BUSINESS, REVERSE_CHARGE, PT,    0
                    DE, ES-CN, false, ES, CN, CONSUMER, TAXED,          ES-CN, 7
                    """)
    void treatsSpecialTerritoriesSeparately(
            String home,
            String registered,
            boolean isOneStop,
            String country,
            String region,
            Status status,
            TaxTreatment treatment,
            String place,
            BigDecimal percent) {
        var rule = new TaxDetermination(
                TaxRates.of(Stream.concat(TaxRates.lines(), Stream.of("ES-CN;STANDARD;7;2024-01-01"))));
        var decision = rule.decide(
                new TaxRegistrationStatus(home, Set.of(registered), isOneStop, false),
                new TaxCustomer(country, region, status),
                TaxRates.STANDARD,
                DAY);

        assertThat(decision.treatment()).isEqualTo(treatment);
        assertThat(decision.place()).isEqualTo(place);
        assertThat(decision.percent()).isEqualByComparingTo(percent);
    }

    @ParameterizedTest
    @CsvSource({
        "EE, 2025-06-30, 22", "EE, 2025-07-01, 24", "RO, 2025-07-31, 19", "RO, 2025-08-01, 21",
        "SK, 2024-12-31, 20", "SK, 2025-01-01, 23", "FI, 2024-08-31, 24", "FI, 2024-09-01, 25.5"
    })
    void appliesARateFromItsDayUntilTheNext(String country, LocalDate day, BigDecimal percent) {
        assertThat(TaxRates.known().on(day, country, TaxRates.STANDARD).orElseThrow())
                .isEqualByComparingTo(percent);
    }

    /** American sellers collect for states and not for the country, Canadian ones for both. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    US, US, CA, CONSUMER, TAXED,          US-CA, 7.25
                    US, US, CA, BUSINESS, TAXED,          US-CA, 7.25
                    US, US, CA, EXEMPT,   EXEMPT,         US,    0
                    US, US, OR, CONSUMER, NOT_REGISTERED, US,    0
                    US, US, '', CONSUMER, NOT_REGISTERED, US,    0
                    US, CA, QC, CONSUMER, TAXED,          CA-QC, 14.975
                    US, CA, AB, CONSUMER, TAXED,          CA,    5
                    US, CA, '', BUSINESS, TAXED,          CA,    5
                    DE, US, CA, BUSINESS, TAXED,          US-CA, 7.25
                    DE, US, OR, CONSUMER, OUT_OF_SCOPE,        US,    0
                    """)
    void collectsTheTaxOfARegisteredRegion(
            String home,
            String country,
            String region,
            Status status,
            TaxTreatment taxTreatment,
            String place,
            BigDecimal percent) {
        var rates = TaxRates.of(Stream.of(
                "US-CA;STANDARD;7.25;2024-01-01",
                "CA;STANDARD;5;2024-01-01",
                "CA-QC;STANDARD;14.975;2024-01-01",
                "DE;STANDARD;19;2024-01-01"));
        var seller = new TaxRegistrationStatus(home, Set.of("US-CA", "CA", "CA-QC"), false, false);

        var decision = new TaxDetermination(rates)
                .decide(seller, new TaxCustomer(country, region, status), TaxRates.STANDARD, DAY);

        assertThat(decision.treatment()).isEqualTo(taxTreatment);
        assertThat(decision.place()).isEqualTo(place);
        assertThat(decision.percent()).isEqualByComparingTo(percent);
    }

    @ParameterizedTest
    @CsvSource({
        "DE, STANDARD, 19",
        "DE, REDUCED, 7",
        "DE, DOMAIN, 19",
        "FR, REDUCED, 20",
        "US-TX, DATA_PROCESSING, 6.6",
        "US-TX, REDUCED, 0"
    })
    void usesTheRateOfACategoryOrTheLocalStandardRate(String place, String category, BigDecimal percent) {
        var rates = TaxRates.of(Stream.of(
                "DE;STANDARD;19;2024-01-01",
                "DE;REDUCED;7;2024-01-01",
                "DE;DOMAIN;16;2099-01-01",
                "FR;STANDARD;20;2024-01-01",
                "US-TX;STANDARD;8.25;2024-01-01",
                "US-TX;DATA_PROCESSING;6.6;2024-01-01",
                "US-TX;REDUCED;0;2024-01-01"));
        var seller = new TaxRegistrationStatus("DE", Set.of("DE", "FR", "US-TX"), false, false);
        var parts = place.split("-", -1);
        var taxCustomer = new TaxCustomer(parts[0], parts.length == 2 ? parts[1] : "", TaxCustomer.Status.CONSUMER);

        var decision = new TaxDetermination(rates).decide(seller, taxCustomer, category, DAY);

        assertThat(decision.treatment()).isEqualTo(TaxTreatment.TAXED);
        assertThat(decision.place()).isEqualTo(place);
        assertThat(decision.percent()).isEqualByComparingTo(percent);
    }

    @Test
    void hasARateForEachMemberState() {
        var known = TaxRates.known();
        assertThat(EuropeanUnion.states())
                .hasSize(27)
                .allSatisfy(state ->
                        assertThat(known.on(DAY, state, TaxRates.STANDARD)).isPresent());
    }

    @Test
    void refusesTaxWithoutAKnownRate() {
        var before = LocalDate.of(2023, 12, 31);
        var german = new TaxCustomer("DE", Status.CONSUMER);
        assertThatThrownBy(() -> RULE.decide(seller("small"), german, TaxRates.STANDARD, before))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DE");
        assertThatThrownBy(() -> RULE.decide(seller("small"), german, "BOOKS", before))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BOOKS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE;STANDARD;19",
                "Germany;STANDARD;19;2024-01-01",
                "DE;STANDARD;101;2024-01-01",
                "DE;STANDARD;-1;2024-01-01"
            })
    void refusesInvalidLines(String line) {
        assertThatThrownBy(() -> TaxRates.of(Stream.of(line))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTwoRatesFromTheSameDay() {
        assertThatThrownBy(() -> TaxRates.of(Stream.of("DE;STANDARD;19;2024-01-01", "DE;STANDARD;16;2024-01-01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two rates");
    }

    @Test
    void refusesOneStopShopsOutsideTheUnion() {
        assertThatThrownBy(() -> new TaxRegistrationStatus("US", Set.of("GB"), true, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requiresAStatementForUntaxedTreatments() {
        assertThat(Stream.of(TaxTreatment.values()).filter(TaxTreatment::isWorded))
                .containsExactly(
                        TaxTreatment.REVERSE_CHARGE,
                        TaxTreatment.OUT_OF_SCOPE,
                        TaxTreatment.EXEMPT,
                        TaxTreatment.SMALL_BUSINESS,
                        TaxTreatment.COMPENSATION);
    }
}
