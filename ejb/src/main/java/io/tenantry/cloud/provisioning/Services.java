package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.catalog.Plan;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.idempotency.IdempotencyKeys;
import io.tenantry.kernel.idempotency.RequestKey;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.settlement.ResellerCreditLimit;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Services from order to end. The first hour of a service is charged in the transaction that activates it, its last in the one that ends it;
 * neither happens without the other.
 */
@Stateless
public class Services {
    /** Services without a provider are up immediately, in the database only. */
    private static final String PROVIDER = "sandbox";

    /** Lifetime of the reservation; longer than any attempt to create the server. */
    static final Duration HELD_FOR = Duration.ofHours(4);

    private static final int NAME_MAX = 63;

    /** The maximum number of services changed in one transaction. */
    public static final int TOGETHER_MAX = 100;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Catalog catalog;

    @Inject
    Wallets wallets;

    @Inject
    Charging charging;

    @Inject
    IdempotencyKeys keys;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    Quotas quotas;

    @Inject
    LaunchConfigs launchConfigs;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    PendingOperations pendingOperations;

    @Inject
    Reservations reservations;

    @Inject
    WorkItems items;

    @Inject
    TerminationEvents terminationEvents;

    @PersistenceContext
    EntityManager entities;

    /** The outcome of an order or a change. */
    public sealed interface Outcome {
        /** It is done. */
        record Done(UUID serviceId) implements Outcome {}

        /** The name is not 1 to 63 letters, digits, dots and hyphens. */
        record InvalidName() implements Outcome {}

        /** The reseller currently sells nothing new: its debt to the platform has reached the limit. */
        record SalesSuspended() implements Outcome {}

        /** The plan is not on sale in that region, or cannot be provided there at present. */
        record OfferWithdrawn() implements Outcome {}

        /** The organization has no wallet, or it cannot be used at present. */
        record NoWallet(Currency currency) implements Outcome {}

        /** The organization has reached its quota of servers. */
        record QuotaExceeded(int limit) implements Outcome {}

        /** The wallet's spendable amount is below the cost of the first hours. */
        record InsufficientFunds(Money missing) implements Outcome {}

        /** The image is not offered there, or not for a plan of that size. */
        record ImageNotFound() implements Outcome {}

        /** One of the SSH keys does not belong to the organization, or no longer exists. */
        record SshKeyNotFound() implements Outcome {}

        /** The script does not belong to the organization, or no longer exists. */
        record ScriptNotFound() implements Outcome {}

        /** Servers there cannot run scripts. */
        record ScriptsUnsupported() implements Outcome {}

        /** These fields of the script have no valid value. */
        record MissingAnswers(List<String> fields) implements Outcome {}

        /** The script with its values is longer than providers accept. */
        record ScriptTooLong() implements Outcome {}

        /** The service has that plan already. */
        record Unchanged() implements Outcome {}

        /** Its server is at a provider, which must be asked first: see {@link Resizes}. */
        record ProviderManaged() implements Outcome {}
    }

    /**
     * A service as shown in lists.
     *
     * @param thisMonth charged in the current rated month
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

    /**
     * Orders a server. If a provider creates it, the order is recorded on return, and the cost of the first hours is reserved; otherwise it is
     * up, and its first hour is charged.
     */
    public Outcome order(Order order) {
        return order(order, false);
    }

    /** Orders a server that is up on return, with its first hour charged and without any provider: for the history of a demo. */
    public Outcome orderAtOnce(Order order) {
        return order(order, true);
    }

    private Outcome order(Order order, boolean isAtOnce) {
        access.requireIn(order.organizationId(), Permission.VPS_CREATE);
        if (!isName(order.name())) {
            return new Outcome.InvalidName();
        }
        if (ResellerCreditLimit.isUsedUp(sql)) {
            return new Outcome.SalesSuspended();
        }
        var currency = wallets.currency(order.organizationId());
        var offer = catalog.order(order.planId(), order.region(), currency);
        if (offer.isEmpty()) {
            return new Outcome.OfferWithdrawn();
        }
        var wallet = wallets.paying(order.organizationId())
                .filter(one -> one.parked().isEmpty());
        if (wallet.isEmpty()) {
            return new Outcome.NoWallet(currency);
        }
        var place = isAtOnce
                ? Optional.<ProvisioningTarget.Placement>empty()
                : provisioningTargets.place(order.planId(), offer.get().size(), order.region());
        if (place.isEmpty() && !isAtOnce && provisioningTargets.makes(order.planId())) {
            return new Outcome.OfferWithdrawn();
        }
        var found = launchConfigs.find(order, offer.get().size(), place);
        if (found instanceof LaunchConfigs.Found.Unresolved missing) {
            return missing.why();
        }
        var reached = quotas.reached(order.organizationId());
        if (reached.isPresent()) {
            return new Outcome.QuotaExceeded(reached.get());
        }
        var all = (LaunchConfigs.Found.All) found;
        return all.place().isPresent()
                ? begin(order, offer.get(), wallet.get().id(), all.place().get(), all)
                : new Outcome.Done(start(order, offer.get(), wallet.get().id(), all));
    }

    private Outcome begin(
            Order order,
            Offer offer,
            UUID walletId,
            ProvisioningTarget.Placement placement,
            LaunchConfigs.Found.All beginning) {
        var id = Ids.next(clock);
        var missing = reservations.hold(walletId, id, reservations.atFirst(offer.hourly()), HELD_FOR);
        if (missing.isPresent()) {
            return new Outcome.InsufficientFunds(missing.get());
        }
        serviceLifecycle.begin(id, order, walletId, offer.priceVersionId(), placement);
        launchConfigs.keep(id, beginning);
        serviceLifecycle.tell(serviceLifecycle.read(id), "ordered", "plan", offer.planName());
        items.write(ProvisionHandler.KIND, id.toString(), id);
        audit.record("service.ordered", "service", id);
        return new Outcome.Done(id);
    }

    /**
     * Orders a server once per key: a repetition returns the same server. A refused order may be repeated.
     *
     * @param key chosen by the caller, new for each order
     */
    public Outcome order(Order order, String key) {
        return once(order.organizationId(), key, order.toString(), () -> order(order));
    }

    /**
     * Does the same for an order that includes more than a server.
     *
     * @param request the whole request as text: a different one is refused under the same key
     * @param deed orders the server and everything included
     */
    public Outcome once(UUID organizationId, String key, String request, Supplier<Outcome> deed) {
        access.requireIn(organizationId, Permission.VPS_CREATE);
        var named = new RequestKey(Optional.of(organizationId), key);
        var claim = keys.claim(named, request);
        if (claim instanceof IdempotencyKeys.Claim.Taken) {
            throw new IllegalArgumentException("the key was used for another order");
        }
        if (claim instanceof IdempotencyKeys.Claim.Repeated repeated
                && !repeated.answer().isEmpty()) {
            return new Outcome.Done(UUID.fromString(repeated.answer()));
        }
        var outcome = deed.get();
        if (outcome instanceof Outcome.Done done) {
            keys.answer(named, done.serviceId().toString());
        }
        return outcome;
    }

    private UUID start(Order order, Offer offer, UUID walletId, LaunchConfigs.Found.All beginning) {
        var now = clock.instant();
        var id = Ids.next(clock);
        var service = new Service(id, walletId, order, offer.priceVersionId(), PROVIDER, now);
        entities.persist(service);
        entities.flush();
        launchConfigs.keep(id, beginning);
        tell(id, now, "ordered", "plan", offer.planName());
        service.activate(SandboxAddress.of(id), now);
        entities.flush();
        tell(id, now, "activated", "hourly", offer.hourly().toString());
        charging.activate(id, walletId, offer.priceVersionId(), now);
        changed(service, Notification.Kind.SERVICE_ORDERED, now);
        audit.record("service.ordered", "service", id);
        return id;
    }

    /** Changes the plan of a service that exists in the database only, at that plan's price in force. */
    public Outcome changePlan(UUID serviceId, UUID planId) {
        var service = locked(serviceId, Permission.VPS_MANAGE);
        if (service.planId().equals(planId)) {
            return new Outcome.Unchanged();
        }
        if (service.hasServer()) {
            return new Outcome.ProviderManaged();
        }
        var offer = catalog.order(planId, service.region(), wallets.currency(service.organizationId()));
        if (offer.isEmpty()) {
            return new Outcome.OfferWithdrawn();
        }
        var now = clock.instant();
        service.become(planId, offer.get().priceVersionId());
        entities.flush();
        tell(serviceId, now, "plan_changed", "plan", offer.get().planName());
        charging.changePrice(serviceId, service.walletId(), offer.get().priceVersionId(), now);
        changed(service, Notification.Kind.SERVICE_CHANGED, now);
        audit.record("service.plan_changed", "service", serviceId);
        return new Outcome.Done(serviceId);
    }

    /**
     * Terminates a service: its last hour is charged, and its server, if a provider has one, is deleted.
     *
     * @throws DeletionLockedException if its deletion lock is set
     */
    public void end(UUID serviceId) {
        endTogether(List.of(locked(serviceId, Permission.VPS_DELETE)));
    }

    /**
     * Terminates several services of one organization, all or none; those that are over already stay unchanged.
     *
     * @return the number of terminated services
     * @throws DeletionLockedException if the deletion lock of one of them is set; none is terminated then
     */
    public int endAll(UUID organizationId, Collection<UUID> serviceIds) {
        access.requireIn(organizationId, Permission.VPS_DELETE);
        if (serviceIds.size() > TOGETHER_MAX) {
            throw new IllegalArgumentException("more than " + TOGETHER_MAX + " at once: " + serviceIds.size());
        }
        var running = new ArrayList<Service>();
        for (var id : new TreeSet<>(serviceIds)) {
            var service = locked(id, Permission.VPS_DELETE);
            if (!service.organizationId().equals(organizationId)) {
                throw new NotFoundException("service", id);
            }
            if (service.isRunning()) {
                running.add(service);
            }
        }
        endTogether(running);
        return running.size();
    }

    /** Takes locks in the common order: the services, which are locked already, their add-ons, then wallets, then the audit trail. */
    private void endTogether(List<Service> ending) {
        ending.stream().filter(Service::isProtected).findFirst().ifPresent(one -> {
            throw new DeletionLockedException(one.name());
        });
        var now = clock.instant();
        ending.forEach(service -> leave(service, now));
        entities.flush();
        ending.forEach(service -> tell(service.id(), now, "ended", "state", "terminated"));
        terminationEvents.tell(ending.stream().map(Service::id).toList(), now);
        ending.stream().sorted(Comparator.comparing(Service::walletId)).forEach(service -> {
            if (service.hasServer()) {
                pendingOperations.drop(serviceLifecycle.read(service.id()));
            }
            charging.end(service.id(), service.walletId(), now);
        });
        for (var service : ending) {
            changed(service, Notification.Kind.SERVICE_ENDED, now);
            audit.record("service.ended", "service", service.id());
        }
    }

    private void leave(Service service, Instant now) {
        if (service.hasServer()) {
            service.terminate(now);
            items.write(DeleteServerHandler.KIND, service.id().toString(), service.id());
        } else {
            service.end(now);
        }
    }

    /** Returns services by state and name. */
    public List<Summary> list(Filter filter) {
        requireView(filter);
        return sql.query(
                SUMMARIES + CONDITIONS + " order by s.state = 'TERMINATED', lower(s.name), s.id limit ? offset ?",
                Services::summary,
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
        var found = sql.first(SUMMARIES + " where s.id = ?", Services::summary, serviceId)
                .orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(found.organizationId(), Permission.VPS_VIEW);
        return found;
    }

    /**
     * Returns what {@link #changePlan} would charge immediately, for the hour in progress, if it were called now.
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
                select s.organization_id, e.at, e.what, e.actor, e.facts::text as facts
                  from service s
                  left join service_event e on e.service_id = s.id
                 where s.id = ?
                 order by e.id desc
                """,
                row -> Map.entry(
                        row.uuid("organization_id"),
                        row.maybeInstant("at")
                                .map(at -> new Event(at, row.text("what"), row.text("actor"), row.text("facts")))),
                serviceId);
        if (lines.isEmpty()) {
            throw new NotFoundException("service", serviceId);
        }
        access.requireIn(lines.get(0).getKey(), Permission.VPS_VIEW);
        return lines.stream().flatMap(line -> line.getValue().stream()).toList();
    }

    /** Returns the calls to providers for a service and their results, for staff. */
    public List<ProviderCalls.Shown> calls(UUID serviceId) {
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
                select e.service_id, s.name, e.at, e.what, e.actor
                  from service_event e
                  join service s on s.id = e.service_id
                 where s.organization_id = ?
                   and e.what in ('activated', 'plan_changed', 'ended', 'failed', 'missing', 'found', 'readdressed',
                                  'suspended', 'resumed')
                 order by e.id desc
                 limit ?
                """,
                row -> new ServiceActivity(
                        row.uuid("service_id"),
                        row.text("name"),
                        row.instant("at"),
                        row.text("what"),
                        row.text("actor")),
                organizationId,
                Math.min(limit, 500));
    }

    static final String SUMMARIES = """
            select s.id, s.organization_id, o.name organization, s.name, s.state, coalesce(s.address, '') address,
                   p.id plan_id, p.name plan, p.vcpus, p.memory_mib, p.disk_gib, p.transfer_gib,
                   p.transfer_unlimited, s.region region_code, r.name region,
                   v.currency, v.hourly, v.monthly, s.activated_at, s.ended_at, m.charged_until,
                   s.account is not null as has_server, s.power = 'ON' as is_on, s.pending_power, s.changing,
                   s.rescue is not null as rescued, s.locked,
                   case s.state when 'SUSPENDED' then coalesce(s.suspension_reason, '') end suspended,
                   s.state = 'SUSPENDED' and not coalesce(m.open, false) as paused,
                   s.state = 'SUSPENDED' and s.suspended_by_network as cut_off,
                   s.state = 'ACTIVE' and (s.network = 'CUT' or s.pending_network is not distinct from 'OPEN') as reconnecting,
                   coalesce(m.month_cap - m.cap + m.amount, 0) this_month, coalesce(m.month_cap, v.monthly) month_cap,
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

    private Service locked(UUID serviceId, String permission) {
        var service = Optional.ofNullable(entities.find(Service.class, serviceId, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(service.organizationId(), permission);
        return service;
    }

    private void tell(UUID serviceId, Instant at, String what, String fact, String value) {
        sql.update("""
                insert into service_event (service_id, at, what, actor, facts)
                values (?, ?, ?, ?, jsonb_build_object(?::text, ?::text))
                """, serviceId, at, what, Actors.require().name(), fact, value);
    }

    /** Notifies the other members of the organization, and updates open pages. */
    private void changed(Service service, Notification.Kind kind, Instant at) {
        var notification = new Notification(
                kind,
                service.name(),
                Actors.require().name(),
                "service?id=" + service.id(),
                kind + ":" + service.id() + ":" + at);
        Notifications.tellMembers(sql, service.organizationId(), Permission.VPS_VIEW, notification, at);
        Signals.publish(sql, Signal.Kind.SERVICE, service.organizationId());
    }

    static boolean isName(String name) {
        return name.strip().length() <= NAME_MAX && name.strip().matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    }

    static Summary summary(Row row) {
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
                money(row, "this_month"),
                money(row, "month_cap"),
                row.maybeInstant("activated_at"),
                row.maybeInstant("charged_until"),
                row.maybeInstant("ended_at"),
                row.flag("has_server"),
                row.flag("is_on"),
                row.maybeText("pending_power").map(PendingPowerAction::valueOf),
                row.maybeText("changing").map(OperationInProgress::valueOf),
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
