package io.tenantry.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.tax.TaxCustomer.Status;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.documents.SettlementArchive;
import io.tenantry.documents.SettlementFiles;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.settlement.PlatformSellerSettings.Outcome;
import io.tenantry.settlement.SettlementTaxes.TaxCollection;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Once the platform's seller data is set, settlements are its invoices, taxed according to law, and immutable. */
@Tag("full")
class SettlementInvoiceTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant OCTOBER_ENDED = Instant.parse("2026-10-31T23:00:00Z");
    private static final Instant NOVEMBER_ENDED = Instant.parse("2026-11-30T23:00:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-05T00:00:00Z");
    private static final Instant IN_DECEMBER = Instant.parse("2026-12-05T00:00:00Z");
    private static int resellers;

    private final List<SettlementFixture> opened = new ArrayList<>();

    /** Creates a reseller that owes 3.85 for October, with its company data. */
    private SettlementFixture reseller(String country, String vatNumber) {
        var made = new SettlementFixture("billed-" + ++resellers, "EUR", "Europe/Berlin");
        opened.add(made);
        made.billingFixture.clock.stopAt(RENTED);
        if (!country.isEmpty()) {
            made.billingFixture.in(() -> made.billingFixture.sql.update("""
                    insert into invoice_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, phone, bank, iban,
                                                bic, note, recorded_at, recorded_by)
                    values ('Reseller Ltd', 'Ring 1', '1010', 'Town', ?, ?, '', '', 'billing@reseller.example', '', '', '', '', '', ?, 'test')
                    """, country, vatNumber, RENTED));
        }
        var money = made.billingFixture.money("0");
        made.terms(
                "2026-01",
                new FeeTerms(
                        money.currency(),
                        List.of(new Tier(money, new BigDecimal("10"))),
                        made.billingFixture.money("0.25"),
                        made.billingFixture.money("0.50"),
                        money));
        made.rent(made.price("7.30", "3.65"), RENTED);
        made.billingFixture.charge(OCTOBER_ENDED);
        return made;
    }

    private static InvoiceSeller seller(String country, String vatNumber) {
        return new InvoiceSeller(
                new PostalAddress("Plattform GmbH", "Am Speicher 4", "20457", "Hamburg", country),
                vatNumber,
                "",
                "",
                "settlement@platform.example",
                "",
                "",
                "",
                "",
                "");
    }

    private static Outcome setSeller(SettlementFixture by, InvoiceSeller invoiceSeller, TaxCollection taxCollection) {
        return by.platform(() -> by.sellerSettings().sell(invoiceSeller, taxCollection));
    }

    private static void setSellerOf(SettlementFixture by, String country, TaxCollection taxCollection) {
        var invoiceSeller = seller(country, country.equals("DE") ? "DE123456788" : "");
        assertThat(setSeller(by, invoiceSeller, taxCollection)).isNotInstanceOf(Outcome.Invalid.class);
    }

    /** The platform shared by all tests charges no tax again. */
    private static void setUntaxedSeller(SettlementFixture by) {
        assertThat(setSeller(by, seller("US", ""), TaxCollection.NONE)).isNotInstanceOf(Outcome.Invalid.class);
    }

    @AfterEach
    void ledgersAreConsistent() {
        var first = opened.get(0);
        setUntaxedSeller(first);
        assertThat(AuditorFixture.inTheLedgerAfter(null))
                .noneMatch(found -> found.invariant().startsWith("settle")
                        || found.invariant().equals("reseller-privileges"));
        for (var one : opened) {
            assertThat(one.faults()).isEmpty();
            assertThat(one.billingFixture.faults()).isEmpty();
            assertThat(one.runs.forget(one.billingFixture.tenant)).isLessThanOrEqualTo(1);
        }
    }

    private static SettlementQuery.SettlementDocument document(SettlementFixture settlementFixture, String month) {
        return settlementFixture.billingFixture.in(() -> {
            var settlementSummary = settlementFixture
                    .ledger()
                    .months(settlementFixture.billingFixture.tenant, YearMonth.parse(month), YearMonth.parse(month))
                    .get(0);
            return settlementFixture.ledger().document(settlementSummary.id());
        });
    }

    /** Returns the latest entry of a settlement: {@code kind amount}. */
    private static List<String> postings(UUID settlement) {
        return Database.texts("""
                select l.kind || ' ' || p.amount::float8
                  from platform.posting p
                  join platform.journal_entry e on e.id = p.entry_id
                  join platform.ledger_account l on l.id = p.account_id
                 where e.idempotency_key = 'settlement:${id}'
                 order by 1
                """.replace("${id}", settlement.toString()));
    }

    @Test
    void taxesSettlementsAndPostsTheTax() {
        var settlementFixture = reseller("DE", "DE136695976");
        setSellerOf(settlementFixture, "DE", TaxCollection.HOME);
        settlementFixture.settle(IN_NOVEMBER);
        var october = document(settlementFixture, "2026-10");
        var invoice = october.invoice().orElseThrow();
        assertThat(invoice.treatment()).isEqualTo(TaxTreatment.TAXED);
        assertThat(invoice.place()).isEqualTo("DE");
        assertThat(invoice.buyer().address().name()).isEqualTo("Reseller Ltd");
        // 2.58 and 1.27 without tax; 0.7315 of tax
        assertThat(october.head().total()).isEqualTo(settlementFixture.billingFixture.money("3.85"));
        assertThat(october.head().tax()).isEqualTo(settlementFixture.billingFixture.money("0.73"));
        assertThat(october.head().payable()).isEqualTo(settlementFixture.billingFixture.money("4.58"));
        assertThat(october.head().margin())
                .as("tax is not part of the margin")
                .isEqualTo(settlementFixture.billingFixture.money("1.30"));
        assertThat(postings(october.head().id()))
                .containsExactlyInAnyOrder("REVENUE 3.84", "ROUNDING 0.01", "TAX 0.73", "WALLET -4.58");
        assertThat(settlementFixture.balance()).isEqualTo(settlementFixture.billingFixture.money("-4.58"));

        assertThat(settlementFixture.pay(UUID.randomUUID().toString(), "4.57")).isTrue();
        assertThat(document(settlementFixture, "2026-10").head().state()).isEqualTo("OPEN");
        assertThat(settlementFixture.pay(UUID.randomUUID().toString(), "0.01")).isTrue();
        assertThat(document(settlementFixture, "2026-10").head().state()).isEqualTo("PAID");
    }

    @Test
    void reverseChargesEuBusinessesOnceTheirNumberIsVerified() {
        var settlementFixture = reseller("AT", "ATU12345675");
        setSellerOf(settlementFixture, "DE", TaxCollection.HOME);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(document(settlementFixture, "2026-10").head().taxPercent())
                .as("the VAT number is not verified")
                .isEqualByComparingTo("19");

        assertThat(recordTaxStatus(settlementFixture, Status.BUSINESS, "", "VIES"))
                .isInstanceOf(Outcome.NoNumber.class);
        assertThat(recordTaxStatus(settlementFixture, Status.BUSINESS, "ATU12345675", " "))
                .isInstanceOf(Outcome.Evidence.class);
        assertThat(recordTaxStatus(settlementFixture, Status.BUSINESS, "atu 1234 5675", "VIES 2026-11-06"))
                .isInstanceOf(Outcome.Done.class);
        assertThat(recordTaxStatus(settlementFixture, Status.BUSINESS, "ATU12345675", "VIES 2026-11-06"))
                .isInstanceOf(Outcome.Unchanged.class);
        settlementFixture.billingFixture.charge(NOVEMBER_ENDED);
        settlementFixture.settle(IN_DECEMBER);
        var november = document(settlementFixture, "2026-11");
        assertThat(november.invoice().orElseThrow().treatment()).isEqualTo(TaxTreatment.REVERSE_CHARGE);
        assertThat(november.head().payable()).isEqualTo(november.head().total());
        assertThat(postings(november.head().id())).noneMatch(posting -> posting.startsWith("TAX"));
    }

    private static Outcome recordTaxStatus(
            SettlementFixture settlementFixture, Status status, String number, String evidence) {
        return settlementFixture.platform(() -> settlementFixture
                .sellerSettings()
                .note(settlementFixture.billingFixture.tenant, status, number, evidence));
    }

    @Test
    void ignoresTheVerificationOfADifferentNumber() {
        var settlementFixture = reseller("AT", "ATU12345675");
        setSellerOf(settlementFixture, "DE", TaxCollection.HOME);
        assertThat(recordTaxStatus(settlementFixture, Status.BUSINESS, "ATU99999999", "VIES"))
                .isInstanceOf(Outcome.Done.class);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(document(settlementFixture, "2026-10")
                        .invoice()
                        .orElseThrow()
                        .treatment())
                .isEqualTo(TaxTreatment.TAXED);
    }

    @Test
    void taxesResellersWithoutCompanyDataAsDomestic() {
        var settlementFixture = reseller("", "");
        setSellerOf(settlementFixture, "DE", TaxCollection.HOME);
        settlementFixture.settle(IN_NOVEMBER);
        var october = document(settlementFixture, "2026-10");
        assertThat(october.invoice().orElseThrow().buyer().address().country()).isEqualTo("DE");
        assertThat(october.invoice().orElseThrow().buyer().address().name())
                .isEqualTo(settlementFixture.tenant().name());
        assertThat(october.head().taxPercent()).isEqualByComparingTo("19");
        assertThat(settlementFixture.platform(
                        () -> settlementFixture.sellerSettings().stated(settlementFixture.billingFixture.tenant)))
                .hasValueSatisfying(declaredTaxStatus ->
                        assertThat(declaredTaxStatus.country()).isEqualTo("DE"));
    }

    @Test
    void chargesNoTaxOutsideTheEuOrAsASmallBusiness() {
        var american = reseller("US", "");
        var swiss = reseller("CH", "");
        setSellerOf(american, "DE", TaxCollection.HOME);
        american.settle(IN_NOVEMBER);
        setSellerOf(american, "DE", TaxCollection.NONE);
        swiss.settle(IN_NOVEMBER);
        var german = reseller("DE", "");
        setSellerOf(german, "DE", TaxCollection.SMALL_BUSINESS);
        german.settle(IN_NOVEMBER);
        assertThat(List.of(american, swiss, german))
                .extracting(
                        one -> document(one, "2026-10").invoice().orElseThrow().treatment())
                .containsExactly(TaxTreatment.OUT_OF_SCOPE, TaxTreatment.NOT_REGISTERED, TaxTreatment.SMALL_BUSINESS);
        assertThat(List.of(american, swiss, german))
                .allMatch(one -> document(one, "2026-10").head().tax().isZero());
    }

    @Test
    void validatesAndVersionsTheSeller() {
        var settlementFixture = reseller("DE", "");
        assertThat(setSeller(settlementFixture, seller("DE", "DE123456789"), TaxCollection.HOME))
                .isEqualTo(new Outcome.Invalid(Set.of(InvoiceSeller.Field.VAT_NUMBER)));
        assertThat(setSeller(settlementFixture, seller("DE", ""), TaxCollection.HOME))
                .isInstanceOf(Outcome.Unnumbered.class);
        assertThat(setSeller(settlementFixture, seller("US", "DE123456788"), TaxCollection.HOME))
                .isInstanceOf(Outcome.Unrated.class);
        assertThat(setSeller(settlementFixture, seller("DE", "DE123456788"), TaxCollection.HOME))
                .isInstanceOf(Outcome.Done.class);
        assertThat(setSeller(settlementFixture, seller("DE", "DE123456788"), TaxCollection.HOME))
                .isInstanceOf(Outcome.Unchanged.class);
        assertThat(setSeller(settlementFixture, seller("DE", "DE123456788"), TaxCollection.SMALL_BUSINESS))
                .isInstanceOf(Outcome.Done.class);
        var stated = settlementFixture.platform(
                () -> settlementFixture.sellerSettings().identities());
        assertThat(stated).hasSizeGreaterThanOrEqualTo(2);
        assertThat(stated.get(0).collects()).isEqualTo(TaxCollection.SMALL_BUSINESS);
        assertThat(stated.get(1).collects()).isEqualTo(TaxCollection.HOME);
    }

    /** Both sides receive the same file, and other resellers none. */
    @Test
    void createsEachFileOnceForBothSides() {
        var settlementFixture = reseller("DE", "");
        var other = reseller("DE", "");
        setSellerOf(settlementFixture, "DE", TaxCollection.HOME);
        settlementFixture.settle(IN_NOVEMBER);
        other.settle(IN_NOVEMBER);
        var id = document(settlementFixture, "2026-10").head().id();

        var own = settlementFixture.billingFixture.in(
                () -> files(settlementFixture).one(id, Format.PDF, Locale.GERMANY));
        var platforms =
                settlementFixture.platform(() -> files(settlementFixture).one(id, Format.PDF, Locale.GERMANY));
        var xml = settlementFixture.billingFixture.in(
                () -> files(settlementFixture).one(id, Format.FACTUR_X, Locale.GERMANY));

        assertThat(platforms.content()).isEqualTo(own.content());
        assertThat(own.name()).isEqualTo(settlementFixture.number() + ".pdf");
        assertThat(xml.mediaType()).isEqualTo("application/xml");
        assertThat(Database.texts(
                        "select count(*)::text from platform.settlement_file where settlement_id = '" + id + "'"))
                .containsExactly("2");
        assertThatThrownBy(() -> other.billingFixture.in(() -> files(other).one(id, Format.PDF, Locale.GERMANY)))
                .isInstanceOf(NotFoundException.class);
        assertThat(read(other, "select count(*) from platform.settlement_invoice"))
                .contains("1");
        assertThat(read(other, "select count(*) from platform.platform_seller")).contains("1");
        for (var refused : List.of(
                "select 1 from platform.settlement_file",
                "select 1 from platform.reseller_tax_status",
                "select recorded_by from platform.platform_seller",
                "update platform.settlement_invoice set buyer_name = 'x'")) {
            assertThatThrownBy(() -> other.billingFixture.in(() -> other.billingFixture.sql.update(refused)))
                    .as(refused)
                    .hasStackTraceContaining("permission denied");
        }
    }

    private static SettlementFiles files(SettlementFixture settlementFixture) {
        return new SettlementFiles(
                settlementFixture.ledger(),
                new Archive(settlementFixture),
                new TenantDirectory(Database.administration()));
    }

    private static Optional<String> read(SettlementFixture settlementFixture, String sql) {
        return settlementFixture.billingFixture.in(() -> settlementFixture.billingFixture.sql.first(
                sql.replace("count(*)", "count(*)::text as c"), row -> row.text("c")));
    }

    /** Runs each read in its own transaction. */
    private static final class Archive extends SettlementArchive {
        Archive(SettlementFixture settlementFixture) {
            super(settlementFixture.billingFixture.sql, settlementFixture.billingFixture.clock);
        }

        @Override
        public Optional<byte[]> kept(DocumentRef document, Format format, String language) {
            return inOwnTransaction(() -> super.kept(document, format, language));
        }

        @Override
        public byte[] keep(DocumentRef document, Format format, String language, byte[] content) {
            return inOwnTransaction(() -> super.keep(document, format, language, content));
        }

        private static <T> T inOwnTransaction(Supplier<T> work) {
            return CompletableFuture.supplyAsync(() -> Database.in(Scope.PLATFORM, work))
                    .join();
        }
    }

    @Test
    void invoicesAreImmutableAndAudited() {
        var settlementFixture = reseller("DE", "");
        setSellerOf(settlementFixture, "DE", TaxCollection.HOME);
        settlementFixture.settle(IN_NOVEMBER);
        var id = document(settlementFixture, "2026-10").head().id();
        for (var refused : List.of(
                "update platform.settlement_invoice set treatment = 'EXEMPT'",
                "delete from platform.settlement_invoice",
                "update platform.settlement set tax_percent = 7",
                "update platform.platform_seller set name = 'x'",
                "delete from platform.platform_seller",
                "truncate platform.reseller_tax_status",
                "insert into platform.settlement_invoice select gen_random_uuid(), account_id, seller_id, treatment, place, buyer_name,"
                        + " buyer_street, buyer_postcode, buyer_city, buyer_country, buyer_vat_number, buyer_email"
                        + " from platform.settlement_invoice limit 1")) {
            assertThatThrownBy(() -> Database.asOwner(refused)).as(refused).isInstanceOf(RuntimeException.class);
        }
        assertThat(AuditorFixture.inTheLedgerAfter(
                        null, "update platform.settlement set tax_percent = 7 where id = '" + id + "'"))
                .anyMatch(found -> found.invariant().equals("settlement-ledger")
                        && found.detail().contains("in tax"));
    }
}
