package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The lifecycle of services that have a server at a provider: from state to state under the row's lock, each step with its event in the
 * timeline. Joins the caller's transaction.
 */
@ApplicationScoped
public class ServiceLifecycle {
    private static final String ENTER = """
            insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state,
                                 ordered_at, account, provider_region, provider_size, provider_image)
            values (?, ?, ?, 'VPS', ?, ?, ?, ?, ?, 'ORDERED', ?, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public ServiceLifecycle() {}

    /** For use outside a container. */
    ServiceLifecycle(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Creates the service of an order. */
    void begin(UUID id, Order order, UUID walletId, UUID priceVersionId, ProvisioningTarget.Placement placement) {
        sql.update(
                ENTER,
                id,
                order.organizationId(),
                walletId,
                order.name().strip(),
                order.planId(),
                priceVersionId,
                order.region(),
                placement.account(),
                clock.instant(),
                placement.account(),
                placement.region(),
                placement.size(),
                placement.image());
    }

    /** Returns the data that its server is given when it is created. */
    LaunchConfigs.LaunchPayload handed(UUID id) {
        return sql.first(
                        "select keys, script from service_launch_config where service_id = ?",
                        row -> new LaunchConfigs.LaunchPayload(row.texts("keys"), row.maybeText("script")),
                        id)
                .orElse(LaunchConfigs.LaunchPayload.NOTHING);
    }

    /** Returns its present image, by the reseller's name; empty for the default. */
    String image(UUID id) {
        return sql.first("select image from service_launch_config where service_id = ?", row -> row.text("image"), id)
                .orElse("");
    }

    /** Reads the present state. */
    ServiceState read(UUID id) {
        return sql.first(ServiceState.COLUMNS, ServiceState::of, id)
                .orElseThrow(() -> new NotFoundException("service", id));
    }

    /** Returns its hourly price, as accepted. */
    Money hourly(ServiceState serviceState) {
        return sql.one(
                "select hourly, currency from price_version where id = ?",
                row -> new Money(row.decimal("hourly"), Currency.getInstance(row.text("currency"))),
                serviceState.priceVersionId());
    }

    /** Locks a service until the transaction ends. */
    ServiceState lock(UUID id) {
        return sql.first(ServiceState.COLUMNS + " for no key update", ServiceState::of, id)
                .orElseThrow(() -> new NotFoundException("service", id));
    }

    /** Returns its owner, as far as providers need to know. */
    CustomerRef owner(ServiceState serviceState) {
        return sql.first(
                        "select name, billing_email from organization where id = ?",
                        row -> new CustomerRef(
                                serviceState.organizationId(), row.text("name"), row.text("billing_email")),
                        serviceState.organizationId())
                .orElseThrow(() -> new NotFoundException("organization", serviceState.organizationId()));
    }

    /**
     * Moves a locked service to another state.
     *
     * @throws InvalidStateException if the transition is not allowed
     */
    void move(ServiceState serviceState, Service.State next) {
        move(serviceState.id(), serviceState.state(), next);
    }

    /** Does the same for a service that may have no server at a provider. */
    void move(UUID id, Service.State now, Service.State next) {
        if (!now.mayBecome(next)) {
            throw new InvalidStateException(id, now);
        }
        sql.update("update service set state = ?, version = version + 1 where id = ?", next, id);
    }

    /** Activates a service whose server is up at the address. */
    void activate(ServiceState serviceState, String address, Instant at) {
        move(serviceState, Service.State.ACTIVE);
        sql.update("update service set address = ?, activated_at = ? where id = ?", address, at, serviceState.id());
    }

    /** Ends a service at that instant, regardless of its server. */
    void end(ServiceState serviceState, Service.State last, Instant at) {
        move(serviceState, last);
        sql.update("update service set ended_at = coalesce(ended_at, ?) where id = ?", at, serviceState.id());
    }

    /** Fails a service that was never up; the message is the provider's, for staff. */
    void fail(ServiceState serviceState, Instant at, String words) {
        end(serviceState, Service.State.FAILED, at);
        sql.update("update service set failure = ? where id = ?", words, serviceState.id());
    }

    /** Records the ID of the server that the provider has created. */
    void note(ServiceState serviceState, String upstreamId) {
        sql.update(
                "update service set provider_ref = ?, version = version + 1 where id = ?",
                upstreamId,
                serviceState.id());
    }

    /** Records all addresses of the server as reported by the provider; requested names are kept. */
    void reach(ServiceState serviceState, List<String> addresses) {
        if (addresses.isEmpty()) {
            return; // There are none yet, or the provider does not report them.
        }
        var all = addresses.toArray(String[]::new);
        sql.update("""
                insert into service_address (service_id, address, position)
                select ?, a.address, a.position from unnest(?::text[]) with ordinality as a (address, position)
                on conflict (service_id, address) do update set position = excluded.position
                """, serviceState.id(), all);
        sql.update(
                "delete from service_address where service_id = ? and address <> all (?) and pending_hostname is null",
                serviceState.id(),
                all);
    }

    /** Adds an event to its timeline, which customers and staff see. */
    void recordEvent(ServiceState serviceState, String what, String fact, String value) {
        recordEvent(serviceState.id(), serviceState.organizationId(), what, fact, value);
    }

    /** Does the same for a service that may have no server at a provider. */
    void recordEvent(UUID id, UUID organizationId, String what, String fact, String value) {
        ServiceTimeline.record(sql, id, organizationId, clock.instant(), what, Map.of(fact, value));
    }

    /** Notifies the organization's members, including the one who ordered. */
    void notifyMembers(ServiceState serviceState, Notification.Kind kind) {
        notifyMembers(serviceState, kind, "ordered");
    }

    /** Notifies the members about a later request, made by the actor of its latest event in the timeline. */
    void notifyMembers(ServiceState serviceState, Notification.Kind kind, String asked) {
        var at = clock.instant();
        var notification = new Notification(
                kind,
                serviceState.name(),
                whoAsked(serviceState, asked),
                "service?id=" + serviceState.id(),
                kind + ":" + serviceState.id() + ":" + at);
        Notifications.notifyMembers(sql, serviceState.organizationId(), Permission.VPS_VIEW, notification, at);
    }

    private String whoAsked(ServiceState serviceState, String asked) {
        return sql.first(
                        "select actor from service_event where service_id = ? and event = ? order by id desc limit 1",
                        row -> row.text("actor"),
                        serviceState.id(),
                        asked)
                .orElse("");
    }
}
