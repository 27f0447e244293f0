package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_DECEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.LineBreakdown.CorrectedLine;
import io.tenantry.billing.invoicing.LineBreakdown.Day;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Breakdowns that explain invoice lines. 7.30 a month is 0.01 an hour. */
class LineBreakdownsTest {
    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;
    private static InvoiceQuery invoiceQuery;
    private static LineBreakdowns lineBreakdowns;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("explained", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        var tenants = new TenantDirectory(Database.administration());
        invoiceQuery = new InvoiceQuery(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                tenants,
                invoicingFixture.invoicing);
        lineBreakdowns = new LineBreakdowns(billingFixture.sql, new Access(billingFixture.sql), tenants);
    }

    @BeforeEach
    void startInOctober() {
        billingFixture.clock.stopAt(RENTED);
    }

    private static List<Line> lines(UUID document) {
        return billingFixture.in(() -> invoiceQuery.one(document)).groups().stream()
                .flatMap(group -> group.lines().stream())
                .toList();
    }

    private static LineBreakdown explain(Line line) {
        var origin = line.origin().orElseThrow();
        return billingFixture.in(() -> origin.periodId().isPresent()
                ? lineBreakdowns.ofPeriod(origin.walletId(), origin.periodId().get())
                : lineBreakdowns.ofEntry(origin.walletId(), origin.entryId().orElseThrow()));
    }

    private static UUID issued(UUID wallet, BillingPeriod period) {
        invoicingFixture.issue(wallet, period);
        var all = invoicingFixture.documents(wallet);
        return all.get(all.size() - 1).id();
    }

    private static Money sum(List<Day> days) {
        return days.stream().map(Day::amount).reduce(billingFixture.money("0"), Money::plus);
    }

    @Test
    void daysAddUpToTheirLine() {
        var wallet = invoicingFixture.wallet("100");
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        var changed = billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        billingFixture.change(changed, billingFixture.price("14.60"), RENTED.plus(Duration.ofMinutes(150)));
        var ended = billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED.plus(Duration.ofMinutes(10)));
        billingFixture.charge(RENTED.plus(Duration.ofHours(5)));
        billingFixture.end(ended, RENTED.plus(Duration.ofHours(30)));
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);

        var document = issued(wallet, OCTOBER);

        var lines = lines(document);
        assertThat(lines).hasSize(4);
        for (var place = 1; place <= lines.size(); place++) {
            var line = lines.get(place - 1);
            var why = explain(line);
            var hours = why.hours().orElseThrow();
            assertThat(why.line()).isEqualTo(line);
            assertThat(why.document().orElseThrow().document().id()).isEqualTo(document);
            assertThat(why.document().orElseThrow().position()).isEqualTo(place);
            assertThat(sum(hours.days())).isEqualTo(line.amount());
            assertThat(BigDecimal.valueOf(hours.explained())).isEqualByComparingTo(line.quantity());
            assertThat(hours.days().get(0).date()).isEqualTo(LocalDate.of(2026, 10, 10));
            assertThat(hours.isRunning()).isFalse();
            assertThat(hours.price().made()).isPresent();
            assertThat(why.entry()).isEmpty();
        }
        assertThat(lines).anyMatch(line -> line.surcharge().isPositive());
        var days = lines.stream()
                .filter(line -> line.subjectId().equals(Optional.of(ended.service())))
                .flatMap(line -> explain(line).hours().orElseThrow().days().stream())
                .toList();
        assertThat(days)
                .containsExactly(
                        new Day(LocalDate.of(2026, 10, 10), 5, 2, billingFixture.money("0.05")),
                        new Day(LocalDate.of(2026, 10, 11), 25, 1, billingFixture.money("0.25")));
    }

    @Test
    void stopsListingHoursAtTheMonthlyCap() {
        var wallet = invoicingFixture.wallet("1000");
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), OCTOBER.from());
        billingFixture.charge(OCTOBER.from().plus(Duration.ofHours(731)));
        billingFixture.charge(OCTOBER.to());
        billingFixture.clock.stopAt(IN_NOVEMBER);

        var line = lines(issued(rented.wallet(), OCTOBER)).get(0);

        var hours = explain(line).hours().orElseThrow();
        assertThat(line.quantity()).as("October ends an hour later").isEqualByComparingTo("745");
        assertThat(line.amount()).isEqualTo(billingFixture.money("7.30"));
        assertThat(hours.monthCap()).isEqualTo(billingFixture.money("7.30"));
        assertThat(hours.spentBefore().isZero()).isTrue();
        assertThat(sum(hours.days())).isEqualTo(line.amount());
        assertThat(hours.explained()).isEqualTo(731);
    }

    @Test
    void explainsLinesOfADraft() {
        var rented = billingFixture.rent(invoicingFixture.wallet("100"), billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(billingFixture, rented.wallet(), "10", "transfer-pack:" + UUID.randomUUID());
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?",
                row -> row.uuid("organization_id"),
                rented.wallet()));

        var draft = billingFixture.in(() -> invoiceQuery.draft(organization, YearMonth.of(2026, 10)));

        var whys = draft.groups().stream()
                .flatMap(group -> group.lines().stream())
                .map(LineBreakdownsTest::explain)
                .toList();
        assertThat(whys).hasSize(2).allSatisfy(why -> {
            assertThat(why.document()).isEmpty();
            assertThat(why.organizationId()).isEqualTo(organization);
        });
        assertThat(whys.stream().filter(why -> why.hours().isPresent()))
                .singleElement()
                .satisfies(
                        why -> assertThat(why.hours().orElseThrow().isRunning()).isTrue());
        assertThat(whys.stream().flatMap(why -> why.entry().stream()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).isEqualTo("a thing"));
    }

    @Test
    void linksACreditedLineToTheLineItCorrects() {
        var rented = billingFixture.rent(invoicingFixture.wallet("100"), billingFixture.price("7.30"), RENTED);
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        var invoice = issued(rented.wallet(), OCTOBER);
        invoicingFixture.credit(rented.wallet(), "1.00");
        var note = billingFixture.in(() ->
                billingFixture.sql.one("select id from invoice where corrects_id = ?", row -> row.uuid("id"), invoice));

        var line = lines(note).get(0);

        var entry = explain(line).entry().orElseThrow();
        assertThat(entry.reason()).isEqualTo("it was down");
        assertThat(entry.about()).hasValueSatisfying(entrySubject -> {
            var correctedLine = (CorrectedLine) entrySubject;
            assertThat(correctedLine.document().id()).isEqualTo(invoice);
            assertThat(correctedLine.position()).isEqualTo(1);
            assertThat(correctedLine.origin().periodId())
                    .isEqualTo(lines(invoice).get(0).origin().orElseThrow().periodId());
        });
    }

    @Test
    void namesTheMonthAndDocumentOfLateCharges() {
        var rented = billingFixture.rent(invoicingFixture.wallet("100"), billingFixture.price("7.30"), RENTED);
        var second = billingFixture.rent(invoicingFixture.wallet("100"), billingFixture.price("7.30"), RENTED);
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        var october = issued(rented.wallet(), OCTOBER);
        bookLateItem(rented.wallet(), "2");
        bookLateItem(second.wallet(), "3");
        billingFixture.charge(IN_DECEMBER);
        billingFixture.clock.stopAt(IN_DECEMBER);

        var november = issued(rented.wallet(), NOVEMBER);
        var alone = issued(second.wallet(), NOVEMBER);

        var late = lines(november).stream()
                .filter(line -> line.origin().orElseThrow().late().isPresent())
                .toList();
        assertThat(late).singleElement().satisfies(line -> {
            var stated = line.origin().orElseThrow().late().orElseThrow();
            assertThat(line.amount()).isEqualTo(billingFixture.money("2"));
            assertThat(stated.month()).isEqualTo(OCTOBER.month());
            assertThat(stated.document().orElseThrow().id()).isEqualTo(october);
            assertThat(explain(line).line()).isEqualTo(line);
        });
        assertThat(lines(october))
                .allMatch(line -> line.origin().orElseThrow().late().isEmpty());
        assertThat(lines(alone))
                .as("October has no document")
                .filteredOn(line -> line.from().isBefore(NOVEMBER.from()))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.origin().orElseThrow().late().orElseThrow())
                                .isEqualTo(new LineSource.CarriedOver(OCTOBER.month(), Optional.empty())));
    }

    /** A non-hourly item, booked after its month's document. */
    private static void bookLateItem(UUID wallet, String amount) {
        var now = billingFixture.clock.instant();
        billingFixture.clock.stopAt(OCTOBER.to().minus(Duration.ofHours(5)));
        invoicingFixture.take(wallet, amount, "setup:" + wallet);
        billingFixture.clock.stopAt(now);
    }

    @Test
    void explainsNothingWithoutPermission() {
        var rented = billingFixture.rent(invoicingFixture.wallet("100"), billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(billingFixture, rented.wallet(), "1", "setup:" + UUID.randomUUID());
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        var period = billingFixture.in(() -> billingFixture.sql.one(
                "select id from rated_period where wallet_id = ?", row -> row.big("id"), rented.wallet()));
        var entries = billingFixture.in(() ->
                billingFixture.sql.query("""
                select e.kind, max(e.id) as id
                  from posting p join journal_entry e on e.id = p.entry_id
                 where p.account_id = ? group by e.kind
                """, row -> Map.entry(row.text("kind"), row.big("id")), rented.wallet()));

        assertThatThrownBy(() -> as(stranger, () -> lineBreakdowns.ofPeriod(rented.wallet(), period)))
                .isInstanceOf(NotFoundException.class);
        for (var entry : entries) {
            assertThatThrownBy(() -> as(stranger, () -> lineBreakdowns.ofEntry(rented.wallet(), entry.getValue())))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThatThrownBy(() -> billingFixture.in(() -> lineBreakdowns.ofPeriod(rented.wallet(), Long.MAX_VALUE)))
                .isInstanceOf(NotFoundException.class);
        var other = invoicingFixture.wallet("1");
        assertThatThrownBy(() -> billingFixture.in(() -> lineBreakdowns.ofPeriod(other, period)))
                .as("of another wallet")
                .isInstanceOf(NotFoundException.class);
        var charge = entries.stream()
                .filter(entry -> entry.getKey().equals("CHARGE"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> billingFixture.in(() -> lineBreakdowns.ofEntry(rented.wallet(), charge.getValue())))
                .as("an entry of hourly charges")
                .isInstanceOf(NotFoundException.class);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
            return Database.in(billingFixture.tenant, work);
        }
    }
}
