package io.tenantry.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.config.Settings;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.invoicing.Office;
import io.tenantry.tax.VatChecks.Asked;
import io.tenantry.tax.VatChecks.Evidence;
import io.tenantry.tax.VatChecks.Known;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.work.Desk;
import io.tenantry.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VAT numbers from the moment in which they are stated to what follows for the tax. */
class VatChecksTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static final String NUMBER = "FR40303265045";
    private static final String OTHER = "FR61954506077";

    private static Books books;
    private static Desk desk;
    private static FakeVies vies;
    private static final TaxOffice TAXES = new TaxOffice();
    private static final VatChecks CHECKS = new VatChecks();

    private UUID wallet;
    private UUID organization;

    @BeforeAll
    static void open() {
        books = new Books("vat-checks", "EUR", "Europe/Berlin");
        books.clock.stopAt(NOW);
        var unused = new Office(books);
        vies = new FakeVies();
        desk = new Desk(books.tenant);
        TAXES.sql = books.sql;
        TAXES.clock = books.clock;
        TAXES.access = new Access(books.sql);
        TAXES.audit = Office.trail(books);
        TAXES.tenants = new TenantDirectory(Database.administration());
        TAXES.ledger = books.ledger;
        TAXES.charging = books.charging;
        CHECKS.sql = books.sql;
        CHECKS.clock = books.clock;
        CHECKS.access = TAXES.access;
        CHECKS.audit = TAXES.audit;
        CHECKS.items = desk.items;
        assertThat(books.in(() ->
                        TAXES.register("DE", "DE999999995", TaxOffice.Scheme.DOMESTIC, LocalDate.of(2026, 10, 1))))
                .isEqualTo(TaxOffice.Outcome.DONE);
    }

    @AfterAll
    static void close() {
        vies.close();
    }

    @BeforeEach
    void haveACustomer() {
        books.clock.stopAt(NOW);
        desk.clear();
        vies.questions.clear();
        vies.says(200, FakeVies.VALID);
        CHECKS.vies = vies.client();
        wallet = books.wallet("100");
        new Office(books).name(wallet);
        organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    private void states(String number, String country) {
        books.in(() -> {
            books.sql.update("""
                    insert into invoice_buyer (organization_id, name, street, postcode, city, country, vat_number, email, reference,
                                               noted_at, noted_by)
                    values (?, 'Nordwind', '', '', '', ?, ?, 'a@nordwind.example', '', ?, 'Ada')
                    """, organization, country, number, books.clock.instant());
            TAXES.moved(new PlaceChanged(organization, true));
            CHECKS.stated(new PlaceChanged(organization, true));
            return true;
        });
    }

    private static void work() {
        var unused = desk.work(new CheckVatNumber(new Stepped(), CHECKS.vies));
    }

    private Known known() {
        return books.in(() -> CHECKS.known(organization));
    }

    private Buyer.Status status() {
        return books.in(() -> TAXES.standing(organization)).status();
    }

    private List<String> verdicts() {
        return books.in(() -> CHECKS.evidence(organization)).stream()
                .map(Evidence::verdict)
                .toList();
    }

    @Test
    void whoseNumberIsConfirmedOwesTheTaxItselfFromItsNextHour() {
        states(NUMBER, "FR");
        var rented = books.rent(wallet, books.price("7.30"), NOW);
        assertThat(known()).isEqualTo(Known.CHECKING);
        assertThat(status()).isEqualTo(Buyer.Status.CONSUMER);

        work();

        assertThat(known()).isEqualTo(Known.CONFIRMED);
        var standing = books.in(() -> TAXES.standing(organization));
        assertThat(standing.status()).isEqualTo(Buyer.Status.BUSINESS);
        assertThat(standing.evidence()).contains(NUMBER, "WAPIAAAAZ1");
        assertThat(books.in(() -> CHECKS.evidence(organization)))
                .containsExactly(new Evidence(
                        NUMBER, "VALID", "WAPIAAAAZ1", "NORDWIND SAS", "1 RUE DE LA MER\n75001 PARIS", "", NOW));
        books.charge(NOW.plusSeconds(3_601));
        // The hour that had begun has 19 percent upon it, the next nothing.
        assertThat(books.balance(wallet)).isEqualTo(books.money("99.9781"));
        assertThat(books.hours(rented)).isEqualTo(2);
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("period")
                        || List.of("wallet-pace", "charges-match-periods", "history-guarded")
                                .contains(found.invariant()));
    }

    @Test
    void whoseNumberIsTakenBackIsAConsumerAgainAndTheSameAnswerChangesNothing() {
        states(NUMBER, "FR");
        work();
        books.in(() -> TAXES.note(organization, Buyer.Status.CONSUMER, TaxOffice.Proof.of("buys for itself")));
        again();
        work();
        assertThat(status()).as("staff said otherwise since").isEqualTo(Buyer.Status.CONSUMER);

        books.in(() -> TAXES.note(organization, Buyer.Status.BUSINESS, TaxOffice.Proof.of("sorted out")));
        vies.says(200, FakeVies.INVALID);
        again();
        work();

        assertThat(status()).isEqualTo(Buyer.Status.CONSUMER);
        assertThat(known()).isEqualTo(Known.UNKNOWN);
        assertThat(verdicts()).containsExactly("INVALID", "VALID", "VALID");
    }

    private void again() {
        Asked asked = books.in(() -> CHECKS.again(organization));
        assertThat(asked).isEqualTo(Asked.ASKED);
    }

    @Test
    void whileViesIsAwayTaxIsChargedAndItIsAskedAgain() {
        states(NUMBER, "FR");
        vies.says(200, "{\"errorWrappers\": [{\"error\": \"MS_UNAVAILABLE\"}]}");
        for (var i = 0; i < CheckVatNumber.ATTEMPTS_MAX; i++) {
            work();
            desk.makeDue();
        }
        work();

        assertThat(vies.questions).hasSize(CheckVatNumber.ATTEMPTS_MAX);
        assertThat(verdicts()).as("one reason is kept once").containsExactly("UNTOLD");
        assertThat(known()).isEqualTo(Known.CHECKING);
        assertThat(status()).isEqualTo(Buyer.Status.CONSUMER);
        assertThat(desk.column(books.tenant, "state")).containsExactly("DONE");

        // The next day somebody looks again, at whichever node, once.
        vies.says(200, FakeVies.VALID);
        books.in(CHECKS::begin);
        books.in(CHECKS::begin);
        assertThat(desk.column(books.tenant, "key"))
                .filteredOn(key -> key.startsWith("due:" + organization))
                .hasSize(1);
        work();
        assertThat(status()).isEqualTo(Buyer.Status.BUSINESS);
    }

    @Test
    void eachMonthANumberIsAskedForAgain() {
        states(NUMBER, "FR");
        work();
        books.clock.stopAt(NOW.plus(VatChecks.AGAIN_AFTER).minus(Duration.ofHours(1)));
        books.in(CHECKS::begin);
        work();
        assertThat(verdicts()).hasSize(1);

        books.clock.stopAt(NOW.plus(VatChecks.AGAIN_AFTER).plus(Duration.ofHours(1)));
        books.in(CHECKS::begin);
        work();
        assertThat(verdicts()).containsExactly("VALID", "VALID");
    }

    @Test
    void whatIsSaidOfANumberThatWasReplacedMeanwhileProvesNothing() {
        states(NUMBER, "FR");
        vies.does(exchange -> {
            if (vies.questions.size() == 1) {
                states(OTHER, "FR");
            }
            vies.says(500, "");
            var bytes = FakeVies.VALID
                    .replace("${state}", "FR")
                    .replace("${digits}", NUMBER.substring(2))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        work();

        assertThat(status()).isEqualTo(Buyer.Status.CONSUMER);
        assertThat(known()).isEqualTo(Known.CHECKING);
        assertThat(verdicts()).containsExactly("UNTOLD", "VALID");

        vies.says(200, FakeVies.VALID);
        states(NUMBER, "FR");
        assertThat(known()).as("what was said before it was given up").isEqualTo(Known.CHECKING);
        work();
        assertThat(status()).isEqualTo(Buyer.Status.BUSINESS);
    }

    @Test
    void aNumberOfAnotherStateIsConfirmedAndMakesNoBusiness() {
        states(NUMBER, "AT");
        work();
        assertThat(known()).isEqualTo(Known.CONFIRMED);
        assertThat(status()).isEqualTo(Buyer.Status.CONSUMER);
    }

    @Test
    void whoeverDiedAfterTheAnswerDoesNotAskAgain() {
        states(NUMBER, "FR");
        var worker = new CheckVatNumber(new Stepped(), CHECKS.vies);
        var work = desk.queue.claim(List.of(CheckVatNumber.KIND)).orElseThrow();
        assertThat(at(worker, work)).isEqualTo(at(worker, work));
        assertThat(vies.questions).hasSize(1);
        assertThat(verdicts()).containsExactly("VALID");
    }

    private static Object at(CheckVatNumber worker, Work work) {
        try (var acting = Actors.enter(Actor.system(CheckVatNumber.KIND))) {
            return worker.work(work);
        }
    }

    @Test
    void whoIsExemptStaysSo() {
        states(NUMBER, "FR");
        books.in(() ->
                TAXES.note(organization, Buyer.Status.EXEMPT, TaxOfficeTest.certificate("NATO SOFA 12/2026", null)));
        work();
        assertThat(known()).isEqualTo(Known.CONFIRMED);
        assertThat(status()).isEqualTo(Buyer.Status.EXEMPT);
    }

    @Test
    void withoutViesNobodyAsksAndNothingIsSaid() {
        CHECKS.vies = new Vies(new Settings(key -> null, name -> null), vies.outbound);
        states(NUMBER, "FR");
        assertThat(desk.column(books.tenant, "key")).isEmpty();
        assertThat(known()).isEqualTo(Known.NOTHING);
        Asked asked = books.in(() -> CHECKS.again(organization));
        assertThat(asked).isEqualTo(Asked.NOTHING);
        int begun = books.in(CHECKS::begin);
        assertThat(begun).isZero();
    }

    @Test
    void evidenceIsNeverChangedAndNotForStrangers() {
        states(NUMBER, "FR");
        Asked asked = books.in(() -> CHECKS.again(organization));
        assertThat(asked).isEqualTo(Asked.UNDER_WAY);
        work();
        assertThatThrownBy(() -> books.in(() -> books.sql.update("update vat_check set verdict = 'VALID'")))
                .isInstanceOf(SqlFailure.class);
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(books.tenant, () -> CHECKS.evidence(organization)))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> Database.in(books.tenant, () -> CHECKS.again(organization)))
                    .isInstanceOf(AccessDenied.class);
        }
    }

    /** Each step is a transaction, as the container makes it. */
    private static final class Stepped extends VatAnswers {
        Stepped() {
            super(books.sql, books.clock, desk.items, TAXES::checked);
        }

        @Override
        public Optional<Question> question(Work work) {
            return Database.in(books.tenant, () -> super.question(work));
        }

        @Override
        public void note(Work work, Question question, ViesAnswer answer) {
            Database.run(books.tenant, () -> super.note(work, question, answer));
        }
    }
}
