package io.tenantry.billing.tax;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tax categories of plans, which select among the rates of a place. Add-ons follow the plan of their server. As with rates, nothing is ever
 * changed: a category applies from a moment on, and earlier charges keep their tax.
 */
@Stateless
public class PlanTaxCategories {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public PlanTaxCategories() {}

    /** For use outside a container. */
    PlanTaxCategories(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
    }

    /** A plan's category and its start. */
    public record CategorySince(String category, Instant from) {}

    /**
     * Tax category of a plan.
     *
     * @param now its current category
     * @param history all past, current and future settings, latest first; empty as long as the default applies
     * @param choices the available categories, the standard one first
     */
    public record PlanCategory(String now, List<CategorySince> history, List<String> choices) {
        public PlanCategory {
            history = List.copyOf(history);
            choices = List.copyOf(choices);
        }
    }

    /** Outcome of a change. */
    public enum Outcome {
        DONE,
        /** The plan has that category at that time anyway. */
        UNCHANGED,
        /** There is no such category: no rate for it is known. */
        CATEGORY,
        /** It must apply from the start of a future month, or from today if no server has the plan or no tax is collected. */
        FROM
    }

    private record CategoryRow(String category, Optional<Instant> from) {}

    /** Returns the tax category of a plan, and the available ones. */
    public PlanCategory of(UUID planId) {
        access.require(Permission.STAFF_PLANS_VIEW);
        var rows = sql.query(
                """
                select * from (
                  select distinct on (t.from_at) t.category, t.from_at
                    from plan_tax t
                   where t.plan_id = ?
                   order by t.from_at, t.id desc) t
                union all
                select c.category, null
                  from (select category from tax_rate where withdrawn_at is null union select category from plan_tax union select ?) c
                 order by from_at desc nulls last, category
                """,
                row -> new CategoryRow(row.text("category"), row.maybeInstant("from_at")),
                planId,
                TaxRates.STANDARD);
        var now = clock.instant();
        var history = rows.stream()
                .flatMap(row -> row.from().map(from -> new CategorySince(row.category(), from)).stream())
                .toList();
        return new PlanCategory(
                history.stream()
                        .filter(one -> !one.from().isAfter(now))
                        .findFirst()
                        .map(CategorySince::category)
                        .orElse(TaxRates.STANDARD),
                history,
                rows.stream()
                        .filter(row -> row.from().isEmpty())
                        .map(CategoryRow::category)
                        .sorted(Comparator.comparing(category -> !category.equals(TaxRates.STANDARD)))
                        .toList());
    }

    /** Returns the earliest day from which another category can apply. */
    public LocalDate earliest(UUID planId) {
        access.require(Permission.STAFF_PLANS_VIEW);
        return isUncharged(planId) ? today() : today().plusMonths(1).withDayOfMonth(1);
    }

    /**
     * Sets the category of a plan from a day on. Open rated periods change at the start of each month, so the day is the first of a future
     * month, or today if no period has to change.
     *
     * @throws NotFoundException if there is no such plan
     */
    public Outcome note(UUID planId, String category, LocalDate from) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        // Concurrent orders of servers with this plan, and changes to it, refer to its row: they have either finished
        // or wait.
        if (sql.first("select id from plan where id = ? for update", row -> row.uuid("id"), planId)
                .isEmpty()) {
            throw new NotFoundException("plan", planId);
        }
        var planCategory = of(planId);
        if (!planCategory.choices().contains(category)) {
            return Outcome.CATEGORY;
        }
        var now = clock.instant();
        var isToday = from.equals(today());
        var at = isToday ? now : from.atStartOfDay(tenants.current().zone()).toInstant();
        if (isToday ? !isUncharged(planId) : from.getDayOfMonth() != 1 || !at.isAfter(now)) {
            return Outcome.FROM;
        }
        var before = planCategory.history().stream()
                .filter(one -> !one.from().isAfter(at))
                .findFirst();
        if (before.map(CategorySince::category).orElse(TaxRates.STANDARD).equals(category)) {
            return Outcome.UNCHANGED;
        }
        sql.update(
                "insert into plan_tax (plan_id, category, from_at, recorded_at, recorded_by) values (?, ?, ?, ?, ?)",
                planId,
                category,
                at,
                now,
                Actors.require().name());
        audit.record(
                "plan.tax_category_changed", "plan", planId.toString(), Map.of("category", category, "from", from));
        return Outcome.DONE;
    }

    /**
     * Whether there are no charges that would have to change: no tax is collected anywhere, or the plan has no server, nor anything that was an
     * add-on of one.
     */
    private boolean isUncharged(UUID planId) {
        return sql.one("""
                select not exists (select from tax_registration)
                       or not exists (
                         select from service_v s
                          where s.plan_id = ?
                            and (s.state not in ('TERMINATED', 'FAILED')
                                 or exists (
                                   select from addon_v o
                                    where o.service_id = s.id and o.state not in ('TERMINATED', 'FAILED')))) as is_so
                """, row -> row.flag("is_so"), planId);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), tenants.current().zone());
    }
}
