package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads add-ons as people see them: of a server, of an organization, or one alone. */
@Stateless
public class AddonQuery {
    static final int SHOWN_MAX = 200;

    /** How long a failed add-on is shown. */
    static final Duration SHOWN_FOR = Duration.ofDays(1);

    static final String FROM = """
            select o.id, o.organization_id, o.service_id, s.name as service, s.state in ('TERMINATED', 'TERMINATING', 'FAILED') as over,
                   o.name, o.quantity, o.state, o.attached, o.pending_action, coalesce(o.pending_quantity, o.quantity) as pending_quantity,
                   r.name as region, v.currency, v.hourly, v.monthly, o.activated_at, o.ended_at, o.failure, o.retention, o.policy, o.percent,
                   coalesce(m.month_cap - m.cap + m.amount, 0) as this_month, m.month_ends_at
              from addon o
              join service s on s.id = o.service_id
              join region r on r.code = s.region
              join price_version v on v.id = o.price_version_id
              left join lateral (select * from rated_period m where m.service_id = o.id order by m.id desc limit 1) m on true
            """;

    /** The add-ons of the server, and the unattached ones that could be attached to it. Failed ones are shown for a day. */
    private static final String OF_SERVER = FROM + """
              join service h on h.id = ?
             where o.kind = 'VOLUME'
               and o.organization_id = h.organization_id
               and (o.service_id = h.id
                      and (o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                           or o.state = 'FAILED' and o.ended_at > ?)
                    or o.state = 'ACTIVE' and not o.attached and o.pending_action is null and o.account = h.account
                      and o.provider_region = h.provider_region)
             order by o.service_id <> h.id, lower(o.name), o.id
             limit ?
            """;

    private static final String OF_ORGANIZATION = FROM + """
             where o.kind = 'VOLUME' and o.organization_id = ? and o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
             order by lower(o.name), o.id
             limit ?
            """;

    /** A detached volume keeps its last server, but does not belong to its cost. */
    private static final String BESIDES = """
            select o.organization_id, v.currency, cast(count(*) as integer) as options, sum(v.hourly) as hourly, sum(v.monthly) as monthly
              from addon o
              join price_version v on v.id = o.price_version_id
             where o.service_id = ? and o.state = 'ACTIVE' and (o.kind <> 'VOLUME' or o.attached)
             group by o.organization_id, v.currency
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AddonServers addonServers;

    @Inject
    AddonPricing addonPricing;

    /** For the container. */
    public AddonQuery() {}

    /** For use outside a container. */
    AddonQuery(Sql sql, Clock clock, Access access, AddonServers addonServers, AddonPricing addonPricing) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.addonServers = addonServers;
        this.addonPricing = addonPricing;
    }

    /**
     * An add-on as people see it.
     *
     * @param serviceId the server that it belongs to, or last belonged to
     * @param isServerOver whether that server has ended
     * @param wanted the change in progress
     * @param thisMonth charged in the current rated month; zero if nothing was
     * @param failure the provider's error message, for staff
     * @param keeping how the provider keeps it, for a snapshot
     * @param policy the backup frequency, for backups if it was chosen
     * @param percent progress of the request as reported by the provider; 0 if not reported
     */
    public record AddonView(
            UUID id,
            UUID organizationId,
            UUID serviceId,
            String service,
            boolean isServerOver,
            String name,
            int quantity,
            State state,
            boolean isAttached,
            Optional<Wanted> wanted,
            int wantedQuantity,
            String region,
            Money hourly,
            Money monthly,
            Money thisMonth,
            Optional<Instant> activatedAt,
            Optional<Instant> endedAt,
            String failure,
            Optional<Keeping> keeping,
            Optional<Policy> policy,
            int percent) {
        /** Whether it is in progress and its provider reports how far. */
        public boolean isMeasured() {
            return state == State.ORDERED && percent > 0;
        }

        /** Whether it ends automatically with its server. */
        public boolean isOfServer() {
            return keeping.filter(Keeping.WITH_SERVER::equals).isPresent();
        }

        /** Whether it ends automatically when the backups of its server are switched off. */
        public boolean isOfBackups() {
            return keeping.filter(Keeping.WITH_BACKUPS::equals).isPresent();
        }
    }

    /**
     * The add-ons charged together with a server: volumes, backups, snapshots, addresses.
     *
     * @param options how many
     * @param hourly their total price per hour
     * @param monthly their total price for a whole month
     */
    public record AdditionalAddresses(UUID organizationId, int options, Money hourly, Money monthly) {}

    /** A backup kept by the provider. */
    public record RestorePoint(String id, String name, long sizeMib, boolean isReady, Instant takenAt) {}

    /**
     * The availability of one kind of add-on for a server.
     *
     * @param isThere whether the server's provider supports it
     * @param offer the current price; empty if the reseller does not offer it
     */
    public record AddonAvailability(boolean isThere, Optional<AddonPricing.Offer> offer) {}

    /**
     * The availability of backups for a server.
     *
     * @param isThere whether the server's provider supports them
     * @param rhythms the frequencies that the reseller offers
     */
    public record BackupChoice(boolean isThere, List<BackupFrequency> rhythms) {
        public BackupChoice {
            rhythms = List.copyOf(rhythms);
        }
    }

    /**
     * A backup frequency and its price.
     *
     * @param retention which backups are kept
     */
    public record BackupFrequency(Backups.Retention retention, AddonPricing.Offer offer) {}

    /** Returns the volumes of a server, and those of its organization that could be attached to it. */
    public List<AddonView> volumesOf(UUID serviceId) {
        var yesterday = clock.instant().minus(SHOWN_FOR);
        var all = sql.query(OF_SERVER, shownAt(clock.instant()), serviceId, yesterday, SHOWN_MAX);
        all.stream().findFirst().ifPresent(this::requireView);
        return all;
    }

    /** Returns all volumes of an organization that are or will be charged. */
    public List<AddonView> volumesIn(UUID organizationId) {
        access.requireIn(organizationId, Permission.VPS_VIEW);
        return sql.query(OF_ORGANIZATION, shownAt(clock.instant()), organizationId, SHOWN_MAX);
    }

    /** Returns one volume. */
    public AddonView volume(UUID volumeId) {
        var found = sql.first(FROM + " where o.kind = 'VOLUME' and o.id = ?", shownAt(clock.instant()), volumeId)
                .orElseThrow(() -> new NotFoundException("volume", volumeId));
        requireView(found);
        return found;
    }

    /** Returns the running servers to which a volume could be attached, by name. */
    public List<Target> targets(UUID volumeId) {
        var volume = volume(volumeId);
        return sql.query(
                """
                select s.id, s.name
                  from service s
                  join addon o on o.id = ? and o.account = s.account and o.provider_region = s.provider_region
                 where s.organization_id = ? and s.state in ('ACTIVE', 'SUSPENDED') and s.provider_ref is not null
                 order by lower(s.name), s.id
                 limit ?
                """, row -> new Target(row.uuid("id"), row.text("name")), volumeId, volume.organizationId(), SHOWN_MAX);
    }

    /** A server to which a volume could be attached. */
    public record Target(UUID id, String name) {}

    /** Returns the backups of a server if they are on or being switched on or off. */
    public Optional<AddonView> backups(UUID serviceId) {
        var found = sql.first(FROM + """
                 where o.kind = 'BACKUP' and o.service_id = ? and o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, shownAt(clock.instant()), serviceId);
        found.ifPresent(this::requireView);
        return found;
    }

    /** Returns the backups that the provider keeps, the latest first. */
    public List<RestorePoint> copies(AddonView backups) {
        requireView(backups);
        return sql.query(
                """
                select c.restore_point_id, c.name, c.size_mib, c.ready, c.taken_at
                  from addon_restore_point c
                 where c.addon_id = ?
                 order by c.taken_at desc, c.restore_point_id
                 limit ?
                """,
                row -> new RestorePoint(
                        row.text("restore_point_id"),
                        row.text("name"),
                        row.big("size_mib"),
                        row.flag("ready"),
                        row.instant("taken_at")),
                backups.id(),
                SHOWN_MAX);
    }

    /** Returns the availability of volumes for a server. */
    public AddonAvailability volumeChoice(UUID serviceId) {
        return choice(serviceId, Volumes.class, AddonType.VOLUME);
    }

    /** Returns the backup frequencies available for a server. */
    public BackupChoice backupChoice(UUID serviceId) {
        var host = addonServers.read(serviceId, Permission.VPS_VIEW);
        var policies = host.isUp() ? addonServers.policies(host) : List.<Backups.Retention>of();
        var prices = addonPricing.backups(host.currency());
        return new BackupChoice(
                !policies.isEmpty(),
                policies.stream()
                        .flatMap(one -> prices.of(one.policy()).stream().map(offer -> new BackupFrequency(one, offer)))
                        .toList());
    }

    /** Returns the total of the add-ons charged together with a server; empty if there are none. */
    public Optional<AdditionalAddresses> additionalAddresses(UUID serviceId) {
        var found = sql.first(
                BESIDES,
                row -> new AdditionalAddresses(
                        row.uuid("organization_id"), row.whole("options"), money(row, "hourly"), money(row, "monthly")),
                serviceId);
        found.ifPresent(one -> access.requireIn(one.organizationId(), Permission.VPS_VIEW));
        return found;
    }

    /** Returns the current price of volumes in a currency, for a volume that is to grow. */
    public Optional<AddonPricing.Offer> volumeOffer(Currency currency) {
        return addonPricing.offer(AddonType.VOLUME, currency);
    }

    /** All rows listed together belong to one organization. */
    private void requireView(AddonView one) {
        access.requireIn(one.organizationId(), Permission.VPS_VIEW);
    }

    private AddonAvailability choice(UUID serviceId, Class<?> capability, AddonType kind) {
        var host = addonServers.read(serviceId, Permission.VPS_VIEW);
        return new AddonAvailability(
                host.isUp() && addonServers.can(host, capability), addonPricing.offer(kind, host.currency()));
    }

    /** Reads add-ons as they are at that time: a month that has ended is not this month. */
    static Function<Row, AddonView> shownAt(Instant now) {
        return row -> shown(row, now);
    }

    private static AddonView shown(Row row, Instant now) {
        var isOfThisMonth =
                row.maybeInstant("month_ends_at").filter(now::isBefore).isPresent();
        return new AddonView(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.uuid("service_id"),
                row.text("service"),
                row.flag("over"),
                row.text("name"),
                row.whole("quantity"),
                State.valueOf(row.text("state")),
                row.flag("attached"),
                row.maybeText("pending_action").map(Wanted::valueOf),
                row.whole("pending_quantity"),
                row.text("region"),
                money(row, "hourly"),
                money(row, "monthly"),
                isOfThisMonth ? money(row, "this_month") : Money.zero(Currency.getInstance(row.text("currency"))),
                row.maybeInstant("activated_at"),
                row.maybeInstant("ended_at"),
                row.text("failure"),
                row.maybeText("retention").map(Keeping::valueOf),
                row.maybeText("policy").map(Policy::valueOf),
                row.whole("percent"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
