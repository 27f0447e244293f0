package io.tenantry.billing.tax;

import io.tenantry.billing.tax.ViesResponse.Verdict;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Database steps before and after calling VIES. Each step is a transaction of the tenant, and writes nothing unless the work item is still
 * claimed. An item that was answered is not asked again.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VatCheckTransactions {
    private static final String STATED = """
            select b.id, b.vat_number, b.country,
                   coalesce((select s.vat_number from invoice_seller_v s order by s.id desc limit 1), '') as requester
              from invoice_buyer_v b
             where b.organization_id = ?
             order by b.id desc
             limit 1
            """;

    /** The last answer for the number since it was entered: a number that was removed and entered again must be proven again. */
    private static final String TOLD = """
            select c.verdict, c.number, c.country
              from vat_check c
             where c.organization_id = ?
               and c.number = ?
               and c.verdict <> 'UNAVAILABLE'
               and c.buyer_id > coalesce((select max(b.id) from invoice_buyer_v b
                                           where b.organization_id = c.organization_id and b.vat_number <> c.number), 0)
             order by c.id desc
             limit 1
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    private Consumer<VatNumberVerified> checked = event -> {};

    /** For the container. */
    public VatCheckTransactions() {}

    /** For use outside a container. */
    VatCheckTransactions(Sql sql, Clock clock, WorkItems items, Consumer<VatNumberVerified> checked) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
        this.checked = checked;
    }

    @Inject
    void fireTo(Event<VatNumberVerified> event) {
        checked = event::fire;
    }

    /**
     * A question for VIES.
     *
     * @param buyerId where the number was entered
     * @param country the organization's country
     * @param requester the reseller's own number; empty if it has no EU number
     */
    public record VatQuery(long buyerId, String number, String country, String requester) {}

    /** Returns the question to ask; empty if there is no longer a number, or the item was answered. */
    public Optional<VatQuery> question(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        var isAnswered = sql.one(
                "select exists (select from vat_check where asked_for = ? and verdict <> 'UNAVAILABLE') as answered",
                row -> row.flag("answered"),
                claimedWorkItem.key());
        if (isAnswered) {
            return Optional.empty();
        }
        return sql.first(
                        STATED,
                        row -> new VatQuery(
                                row.big("id"),
                                row.text("vat_number"),
                                row.text("country"),
                                Optional.of(row.text("requester"))
                                        .filter(number ->
                                                EuropeanUnion.ofNumber(number).isPresent())
                                        .orElse("")),
                        claimedWorkItem.subject())
                .filter(vatQuery -> EuropeanUnion.ofNumber(vatQuery.number()).isPresent());
    }

    /** Stores the answer from VIES. A changed answer determines the organization's tax status. */
    public void note(ClaimedWorkItem claimedWorkItem, VatQuery vatQuery, ViesResponse answer) {
        items.hold(claimedWorkItem);
        var organization = claimedWorkItem.subject();
        var before = isProven(organization, vatQuery.number());
        var isNew = sql.update(
                        """
                        insert into vat_check (organization_id, buyer_id, asked_for, number, country, requester, verdict, consultation,
                                               request_date, name, address, reason, requested_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict on constraint vat_check_once_uq do nothing
                        """,
                        organization,
                        vatQuery.buyerId(),
                        claimedWorkItem.key(),
                        vatQuery.number(),
                        vatQuery.country(),
                        vatQuery.requester(),
                        answer.verdict(),
                        answer.consultation(),
                        answer.requestDate(),
                        answer.name(),
                        answer.address(),
                        answer.reason(),
                        clock.instant())
                == 1;
        if (!isNew || answer.verdict() == Verdict.UNAVAILABLE) {
            return;
        }
        var isProven = proves(answer.verdict(), vatQuery.number(), vatQuery.country());
        if (before.isEmpty() || before.get() != isProven) {
            checked.accept(
                    new VatNumberVerified(organization, vatQuery.number(), isProven, evidence(vatQuery, answer)));
        }
    }

    private Optional<Boolean> isProven(UUID organization, String number) {
        return sql.first(
                TOLD,
                row -> proves(Verdict.valueOf(row.text("verdict")), row.text("number"), row.text("country")),
                organization,
                number);
    }

    /** A number of a state other than the organization's does not prove the place of the sale. */
    private static boolean proves(Verdict verdict, String number, String country) {
        return verdict == Verdict.VALID
                && EuropeanUnion.ofNumber(number)
                        .filter(TaxArea.of(country)::equals)
                        .isPresent();
    }

    private String evidence(VatQuery vatQuery, ViesResponse answer) {
        return "VIES: " + vatQuery.number() + " " + answer.verdict()
                + (answer.consultation().isEmpty() ? "" : ", " + answer.consultation()) + ", "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
