package io.tenantry.admin.dashboard;

import io.tenantry.billing.wallet.DailyAmounts;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.brand.announcement.Announcements;
import io.tenantry.brand.announcement.Announcements.Announcement;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.ServiceCosts;
import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The customer's dashboard: the state of services, costs, the most expensive servers, and recent activity. */
@Stateless
public class CustomerDashboard {
    private static final int DEAREST = 5;
    private static final int LINES = 5;
    private static final int HAPPENINGS = 6;

    private static final String HAPPENED = """
            select * from (
              (select e.at, e.event, s.id as service_id, s.name, e.actor, null::numeric as balance, null::char(3) as currency
                 from service_event e
                 join service s on s.id = e.service_id
                where s.organization_id = ? and ? and e.event in ('activated', 'plan_changed', 'ended', 'failed', 'missing', 'found', 'readdressed', 'suspended', 'resumed')
                order by e.id desc
                limit ?)
              union all
              (select w.at, lower(w.kind), null, '', '', w.balance, v.currency
                 from wallet_event w
                 join wallet v on v.id = w.wallet_id
                where v.organization_id = ? and ?
                order by w.id desc
                limit ?)) both_kinds
             order by at desc
             limit ?
            """;

    @Inject
    Access access;

    @Inject
    Sql sql;

    @Inject
    Wallets wallets;

    @Inject
    WalletStatements walletStatements;

    @Inject
    DailyCharges daily;

    @Inject
    ServiceList services;

    @Inject
    ServiceCosts costs;

    @Inject
    Announcements announcements;

    /** For the container. */
    public CustomerDashboard() {}

    /** For use outside a container. */
    public CustomerDashboard(
            Access access,
            Sql sql,
            Wallets wallets,
            WalletStatements walletStatements,
            DailyCharges daily,
            ServiceList services,
            ServiceCosts costs,
            Announcements announcements) {
        this.access = access;
        this.sql = sql;
        this.wallets = wallets;
        this.walletStatements = walletStatements;
        this.daily = daily;
        this.services = services;
        this.costs = costs;
        this.announcements = announcements;
    }

    /**
     * A recent event.
     *
     * @param what to a service: {@code activated}, {@code plan_changed}, {@code ended}; to the balance: {@code low} and so on
     * @param serviceId the service; empty for the balance
     * @param balance the balance then; empty for services
     */
    public record Activity(
            Instant at, String what, Optional<UUID> serviceId, String service, String actor, Optional<Money> balance) {}

    /**
     * The whole dashboard. What the member may not see is empty.
     *
     * @param states the number of services in each state
     * @param dearest the most expensive services of this month
     * @param lines latest movements on the wallet
     */
    public record View(
            boolean money,
            boolean things,
            Optional<Wallets.Balance> wallet,
            Optional<DailyAmounts> daily,
            List<ServiceList.StateCount> states,
            List<ServiceCosts.Cost> dearest,
            List<WalletStatements.StatementLine> lines,
            List<Activity> activity,
            List<Announcement> news) {
        /** Returns the number of services that have not ended. */
        public int running() {
            return states.stream()
                    .filter(one -> !one.isOver())
                    .mapToInt(ServiceList.StateCount::services)
                    .sum();
        }

        /** Returns how many of them are suspended. */
        public int suspended() {
            return states.stream()
                    .filter(one -> one.state() == Service.State.SUSPENDED)
                    .mapToInt(ServiceList.StateCount::services)
                    .sum();
        }
    }

    /** Returns the dashboard of an organization, with what the current actor may see. */
    public View of(UUID organizationId) {
        var allowed = access.allowedIn(organizationId);
        var money = allowed.contains(Permission.BILLING_VIEW);
        var things = allowed.contains(Permission.VPS_VIEW);
        var wallet =
                money ? wallets.ofOrganization(organizationId).stream().findFirst() : Optional.<Wallets.Balance>empty();
        return new View(
                money,
                things,
                wallet,
                wallet.map(one -> daily.of(organizationId, one.balance().currency())),
                things ? services.states(Optional.of(organizationId)) : List.of(),
                money && things ? costs.dearest(organizationId, DEAREST) : List.of(),
                wallet.map(one -> walletStatements.statement(one.id(), Long.MAX_VALUE, LINES))
                        .orElse(List.of()),
                money || things ? activity(organizationId, money, things) : List.of(),
                announcements.now());
    }

    private List<Activity> activity(UUID organizationId, boolean money, boolean things) {
        return sql.query(
                HAPPENED,
                row -> new Activity(
                        row.instant("at"),
                        row.text("event"),
                        row.maybeUuid("service_id"),
                        row.text("name"),
                        row.text("actor"),
                        row.maybeDecimal("balance")
                                .map(amount -> new Money(amount, Currency.getInstance(row.text("currency"))))),
                organizationId,
                things,
                HAPPENINGS,
                organizationId,
                money,
                HAPPENINGS,
                HAPPENINGS);
    }
}
