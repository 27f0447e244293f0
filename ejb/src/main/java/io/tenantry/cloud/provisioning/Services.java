package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.catalog.Plan;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Services as customers and staff see them, with their cost and their events. */
@Stateless
public class Services {
    /** The maximum number of services changed in one transaction. */
    public static final int TOGETHER_MAX = 100;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    Charging charging;

    @Inject
    ProviderCalls providerCalls;

    /**
     * A service as shown in lists.
     *
     * @param thisMonth charged in the current rated month; zero if nothing was
     * @param monthCap the maximum that is charged in that month
     * @param chargedUntil up to when it is charged; empty before activation
     * @param hasServer whether a provider has or had a server for it
     * @param isOn whether the server was on when last observed
     * @param switching the requested power change that is not done yet
     * @param changing another requested operation on the server that is not done yet
     * @param rescued whether its server is in its provider's rescue system, as far as known
     * @param locked whether its deletion lock is set
     * @param chosen its launch configuration, as ordered
     * @param suspended the reason of the suspension by staff, while it is suspended
     * @param paused whether it is active or suspended, and not charged
     * @param cutOff whether it is suspended by its network, so that its server's power state is unchanged
     * @param reconnecting whether its suspension has ended, and its server waits for its network
     */
    public record Summary(
            UUID id,
            UUID organizationId,
            String organization,
            String name,
            Service.State state,
            String address,
            UUID planId,
            String plan,
            Plan.Size size,
            String regionCode,
            String region,
            Money hourly,
            Money monthly,
            Money thisMonth,
            Money monthCap,
            Optional<Instant> activatedAt,
            Optional<Instant> chargedUntil,
            Optional<Instant> endedAt,
            boolean hasServer,
            boolean isOn,
            Optional<PendingPowerAction> switching,
            Optional<OperationInProgress> changing,
            boolean rescued,
            boolean locked,
            LaunchSummary chosen,
            Optional<String> suspended,
            boolean paused,
            boolean cutOff,
            boolean reconnecting) {
        /** Whether it is suspended because its wallet is in debt: suspensions by staff always have a reason. */
        public boolean isSuspendedForDebt() {
            return suspended.filter(String::isEmpty).isPresent();
        }
    }

    /**
     * The launch configuration of a server, by its names.
     *
     * @param image empty for the default, or if the service predates the choice
     */
    public record LaunchSummary(String image, List<String> keys, Optional<String> script) {}

    /** An event in a service's timeline. */
    public record Event(Instant at, String what, String actor, String facts) {}

    /** An event in the timeline of one of an organization's services. */
    public record ServiceActivity(UUID serviceId, String service, Instant at, String what, String actor) {}

    /**
     * Which services to list.
     *
     * @param organizationId only this organization's; empty for all, which only staff may see
     * @param running only those that are not over
     */
    public record Filter(Optional<UUID> organizationId, boolean running, String search, int first, int limit) {
        public Filter {
            search = InputText.searchTerm(search);
        }
    }

    /** Returns services by state and name. */
    public List<Summary> list(Filter filter) {
        requireView(filter);
        return sql.query(
                SUMMARIES + CONDITIONS + " order by s.state = 'TERMINATED', lower(s.name), s.id limit ? offset ?",
                summaryAt(clock.instant()),
                filter.organizationId().orElse(null),
                filter.organizationId().orElse(null),
                filter.running(),
                filter.search(),
                filter.search(),
                Math.min(filter.limit(), 500),
                filter.first());
    }

    /** Returns the total number of services that {@link #list} finds. */
    public int count(Filter filter) {
        requireView(filter);
        return sql.one(
                "select count(*)::int n from service s" + CONDITIONS,
                row -> row.whole("n"),
                filter.organizationId().orElse(null),
                filter.organizationId().orElse(null),
                filter.running(),
                filter.search(),
                filter.search());
    }

    /** Returns one service. */
    public Summary one(UUID serviceId) {
        var found = sql.first(SUMMARIES + " where s.id = ?", summaryAt(clock.instant()), serviceId)
                .orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(found.organizationId(), Permission.VPS_VIEW);
        return found;
    }

    /**
     * Returns what {@link SandboxServices#changePlan} would charge immediately, for the hour in progress, if it were called now.
     *
     * @param service as read a moment ago
     * @return for each monthly price, in the service's currency; zero for a service that is not charged
     */
    public UnaryOperator<Money> surcharges(Summary service) {
        access.requireIn(service.organizationId(), Permission.VPS_VIEW);
        return charging.surcharges(service.id(), clock.instant()).orElse(monthly -> Money.zero(monthly.currency()));
    }

    /** Returns the timeline of a service, the latest event first. */
    public List<Event> timeline(UUID serviceId) {
        var lines = sql.query(
                """
                select s.organization_id, e.at, e.event, e.actor, e.facts::text as facts
                  from service s
                  left join service_event e on e.service_id = s.id
                 where s.id = ?
                 order by e.id desc
                """,
                row -> Map.entry(
                        row.uuid("organization_id"),
                        row.maybeInstant("at")
                                .map(at -> new Event(at, row.text("event"), row.text("actor"), row.text("facts")))),
                serviceId);
        if (lines.isEmpty()) {
            throw new NotFoundException("service", serviceId);
        }
        access.requireIn(lines.get(0).getKey(), Permission.VPS_VIEW);
        return lines.stream().flatMap(line -> line.getValue().stream()).toList();
    }

    /** Returns the calls to providers for a service and their results, for staff. */
    public List<ProviderCalls.CallView> calls(UUID serviceId) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return providerCalls.of(serviceId);
    }

    /** Returns why a service was never up, in the provider's words, for staff; empty if it was, or no reason was given. */
    public String failure(UUID serviceId) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.first("select failure from service where id = ?", row -> row.text("failure"), serviceId)
                .orElse("");
    }

    /** Returns the recent events of an organization's services, the latest first. */
    public List<ServiceActivity> recent(UUID organizationId, int limit) {
        access.requireIn(organizationId, Permission.VPS_VIEW);
        return sql.query(
                """
                select e.service_id, s.name, e.at, e.event, e.actor
                  from service_event e
                  join service s on s.id = e.service_id
                 where s.organization_id = ?
                   and e.event in ('activated', 'plan_changed', 'ended', 'failed', 'missing', 'found', 'readdressed',
                                  'suspended', 'resumed')
                 order by e.id desc
                 limit ?
                """,
                row -> new ServiceActivity(
                        row.uuid("service_id"),
                        row.text("name"),
                        row.instant("at"),
                        row.text("event"),
                        row.text("actor")),
                organizationId,
                Math.min(limit, 500));
    }

    static final String SUMMARIES = """
            select s.id, s.organization_id, o.name organization, s.name, s.state, coalesce(s.address, '') address,
                   p.id plan_id, p.name plan, p.vcpus, p.memory_mib, p.disk_gib, p.transfer_gib,
                   p.transfer_unlimited, s.region region_code, r.name region,
                   v.currency, v.hourly, v.monthly, s.activated_at, s.ended_at, m.charged_until,
                   s.account is not null as has_server, s.power = 'ON' as is_on, s.pending_power, s.pending_operation,
                   s.rescue is not null as rescued, s.locked,
                   case s.state when 'SUSPENDED' then coalesce(s.suspension_reason, '') end suspended,
                   s.state = 'SUSPENDED' and not coalesce(m.open, false) as paused,
                   s.state = 'SUSPENDED' and s.suspended_by_network as cut_off,
                   s.state = 'ACTIVE' and (s.network = 'ISOLATED' or s.pending_network is not distinct from 'CONNECTED') as reconnecting,
                   coalesce(m.month_cap - m.cap + m.amount, 0) this_month, coalesce(m.month_cap, v.monthly) month_cap, m.month_ends_at,
                   coalesce(b.image, '') image, coalesce(b.key_names, '{}') key_names, b.script_name
              from service s
              join organization o on o.id = s.organization_id
              join plan p on p.id = s.plan_id
              join region r on r.code = s.region
              join price_version v on v.id = s.price_version_id
              left join service_launch_config b on b.service_id = s.id
              left join lateral (select * from rated_period m where m.service_id = s.id order by m.id desc limit 1) m
                on true
            """;

    private static final String CONDITIONS = """
             where (?::uuid is null or s.organization_id = ?)
               and (not ? or s.state not in ('TERMINATED', 'FAILED'))
               and (? = '' or strpos(lower(s.name), lower(?)) > 0)
            """;

    private void requireView(Filter filter) {
        filter.organizationId()
                .ifPresentOrElse(
                        id -> access.requireIn(id, Permission.VPS_VIEW),
                        () -> access.require(Permission.STAFF_SERVICES_VIEW));
    }

    /** Reads services as they are at that time: a month that has ended is not this month. */
    static Function<Row, Summary> summaryAt(Instant now) {
        return row -> summary(row, now);
    }

    private static Summary summary(Row row, Instant now) {
        var isOfThisMonth =
                row.maybeInstant("month_ends_at").filter(now::isBefore).isPresent();
        return new Summary(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.text("organization"),
                row.text("name"),
                Service.State.valueOf(row.text("state")),
                row.text("address"),
                row.uuid("plan_id"),
                row.text("plan"),
                new Plan.Size(
                        row.whole("vcpus"),
                        row.whole("memory_mib"),
                        row.whole("disk_gib"),
                        row.whole("transfer_gib"),
                        row.flag("transfer_unlimited")),
                row.text("region_code"),
                row.text("region"),
                money(row, "hourly"),
                money(row, "monthly"),
                isOfThisMonth ? money(row, "this_month") : Money.zero(Currency.getInstance(row.text("currency"))),
                money(row, isOfThisMonth ? "month_cap" : "monthly"),
                row.maybeInstant("activated_at"),
                row.maybeInstant("charged_until"),
                row.maybeInstant("ended_at"),
                row.flag("has_server"),
                row.flag("is_on"),
                row.maybeText("pending_power").map(PendingPowerAction::valueOf),
                row.maybeText("pending_operation").map(OperationInProgress::valueOf),
                row.flag("rescued"),
                row.flag("locked"),
                new LaunchSummary(row.text("image"), row.texts("key_names"), row.maybeText("script_name")),
                row.maybeText("suspended"),
                row.flag("paused"),
                row.flag("cut_off"),
                row.flag("reconnecting"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
