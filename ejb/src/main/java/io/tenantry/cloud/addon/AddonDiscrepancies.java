package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.ChargeHistory;
import io.tenantry.cloud.addon.AddonReconciliationSchedule.Kind;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory.State;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyWorkflow;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/** Discrepancies of add-ons at a provider as staff read them, with what a decision would cost or refund. */
@Stateless
public class AddonDiscrepancies {
    static final DiscrepancyWorkflow DOCKET = new DiscrepancyWorkflow("addon_discrepancy", AddonRepairHandler.KIND);

    private static final String DISCREPANCY =
            """
            select f.id, f.account, coalesce(a.name, f.account) as account_name, f.addon_kind, f.kind, f.provider_ref, f.resource_tag, f.addon_id,
                   f.service_id, s.name as service, f.name, f.expected_gib, f.seen_gib, f.first_seen_at, f.last_seen_at, f.since,
                   f.failure, f.credited, (select w.currency from wallet w where w.id = coalesce(o.wallet_id, s.wallet_id)) as currency, ${course}, ${right} as is_right
              from addon_discrepancy f
              left join addon o on o.id = f.addon_id
              left join service s on s.id = f.service_id
              left join provider_account a on a.id::text = f.account
             where f.id = ?
            """.replace("${course}", DiscrepancyHistory.COLUMNS).replace("${right}", AddonRepairTransactions.RIGHT);

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    AddonPricing addonPricing;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public AddonDiscrepancies() {}

    /** For use outside a container. */
    AddonDiscrepancies(Sql sql, Access access, Clock clock, AddonPricing addonPricing, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.addonPricing = addonPricing;
        this.tenants = tenants;
    }

    /**
     * A discrepancy. Times are real time, except {@code since}.
     *
     * @param of a volume, a snapshot, an address, or the backups of a server
     * @param upstreamId the provider's ID of it; for backups, of their server
     * @param optionId the add-on that it belongs to or belonged to, if known
     * @param service the customer's name for its server
     * @param since when a missing resource was last seen, by the ledger's clock
     * @param isRight whether the available actions are still valid, that is, the add-on has not changed meanwhile
     * @param failure the provider's error message, if it refused the decided action
     */
    public record AddonDiscrepancy(
            UUID id,
            String account,
            String accountName,
            AddonType of,
            Kind kind,
            String upstreamId,
            String mark,
            Optional<UUID> optionId,
            Optional<UUID> serviceId,
            Optional<String> service,
            String name,
            int expectedGib,
            int seenGib,
            Instant firstSeenAt,
            Instant lastSeenAt,
            Instant since,
            boolean isRight,
            String failure,
            Money givenBack,
            DiscrepancyHistory history) {

        /** Whether it may be deleted: it belongs to a known add-on, or is the backups of one of our servers. */
        public boolean isDeletable() {
            return history.isToDecide() && isRight && isOurs(kind, of, optionId, serviceId);
        }

        /** Returns the title that is shown, and typed to confirm the deletion. */
        public String title() {
            return name.isEmpty() ? upstreamId : name;
        }
    }

    /**
     * What a decision would mean for the customer, as far as it is known now; amounts that do not apply are empty.
     *
     * @param owed charged since it was last seen
     * @param monthly its price per month
     * @param monthlyThen its price per month at the observed size
     */
    public record Amounts(Optional<Money> owed, Optional<Money> monthly, Optional<Money> monthlyThen) {}

    /**
     * Returns one discrepancy.
     *
     * @throws NotFoundException if no discrepancy has that ID
     */
    public AddonDiscrepancy one(UUID id) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.first(DISCREPANCY, this::discrepancy, id)
                .orElseThrow(() -> new NotFoundException("discrepancy", id));
    }

    /** Returns what deciding it would cost or refund. */
    public Amounts amounts(AddonDiscrepancy addonDiscrepancy) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        if (addonDiscrepancy.optionId().isEmpty()
                || addonDiscrepancy.history().state() == State.RESOLVED
                || addonDiscrepancy.kind() == Kind.UNKNOWN_ADDON) {
            return new Amounts(Optional.empty(), Optional.empty(), Optional.empty());
        }
        var option = addonDiscrepancy.optionId().get();
        if (addonDiscrepancy.kind() == Kind.MISSING) {
            var currency = addonDiscrepancy.givenBack().currency();
            var all = ChargeHistory.before(sql, option, clock.instant(), currency);
            var owed = all.minus(ChargeHistory.before(sql, option, addonDiscrepancy.since(), currency));
            return new Amounts(Optional.of(owed), Optional.empty(), Optional.empty());
        }
        var unit = addonPricing.accepted(sql.one(
                "select price_version_id from addon where id = ?", row -> row.uuid("price_version_id"), option));
        return new Amounts(
                Optional.empty(),
                Optional.of(unit.monthly(addonDiscrepancy.expectedGib())),
                Optional.of(unit.monthly(addonDiscrepancy.seenGib())));
    }

    /** Resources whose owner is unknown are never deleted. */
    static boolean isOurs(Kind kind, AddonType of, Optional<UUID> option, Optional<UUID> service) {
        return kind == Kind.UNKNOWN_ADDON && service.isPresent() && (option.isPresent() || of == AddonType.BACKUP);
    }

    private AddonDiscrepancy discrepancy(Row row) {
        return new AddonDiscrepancy(
                row.uuid("id"),
                row.text("account"),
                row.text("account_name"),
                AddonType.valueOf(row.text("addon_kind")),
                Kind.valueOf(row.text("kind")),
                row.text("provider_ref"),
                row.text("resource_tag"),
                row.maybeUuid("addon_id"),
                row.maybeUuid("service_id"),
                row.maybeText("service"),
                row.text("name"),
                row.whole("expected_gib"),
                row.whole("seen_gib"),
                row.instant("first_seen_at"),
                row.instant("last_seen_at"),
                row.instant("since"),
                row.flag("is_right"),
                row.text("failure"),
                new Money(
                        row.decimal("credited"),
                        row.maybeText("currency")
                                .map(Currency::getInstance)
                                .orElseGet(() -> tenants.current().currency())),
                DiscrepancyHistory.of(row));
    }
}
