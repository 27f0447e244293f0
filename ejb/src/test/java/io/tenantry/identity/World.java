package io.tenantry.identity;

import io.tenantry.audit.AuditTrail;
import io.tenantry.config.Settings;
import io.tenantry.identity.InvitationOutcome.Invited;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The beans of this package, put together by hand over {@link Database}, with cheap password hashes. */
final class World {
    static final String PASSWORD = "orbit-teapot-nine";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    final List<Object> events = new ArrayList<>();
    final Sql sql = new Sql(Database.runtime());
    final AuditTrail audit = new AuditTrail();
    final Access access = new Access();
    final Passwords passwords = new Passwords();
    final SignIns signIns = new SignIns();
    final AddressFailures addresses = new NewTransactions();
    final PasswordAttempts attempts = new PasswordAttempts();
    final Credentials credentials = new Credentials();
    final OwnPassword ownPassword = new OwnPassword();
    final Sessions sessions = new Sessions();
    final Links links = new Links();
    final PasswordChoice choice = new PasswordChoice();
    final Organizations organizations = new Organizations();
    final Members members = new Members();
    final Staff staff = new Staff();
    final People people = new People();
    final MemberInvitations memberInvitations = new MemberInvitations();
    final AccountLocks locks = new AccountLocks();
    final OwnerRecovery recovery = new OwnerRecovery();
    final ForgottenPassword forgotten = new ForgottenPassword();
    final ApiKeys apiKeys = new ApiKeys();
    final Impersonations impersonations = new Impersonations();

    final TenantDirectory directory = new TenantDirectory(Database.administration());

    World() {
        SiteNames site = () -> List.of("Tenantry", "Aurora Cloud", "portal.aurora.example");
        var settings = settings("1024");
        var oneTimeLinks = new OneTimeLinks();
        oneTimeLinks.sql = sql;
        oneTimeLinks.settings = settings;
        oneTimeLinks.tenants = directory;
        oneTimeLinks.told = recording();
        var newcomers = new Newcomers();
        newcomers.sql = sql;
        newcomers.clock = clock;
        newcomers.links = oneTimeLinks;
        var invitations = new Invitations();
        invitations.sql = sql;
        invitations.clock = clock;
        organizations.invitations = invitations;
        members.invitations = invitations;
        staff.invitations = invitations;
        var roles = new Roles();
        roles.sql = sql;
        var owners = new Owners();
        owners.sql = sql;
        var accounts = new Accounts();
        accounts.sql = sql;
        accounts.links = oneTimeLinks;

        inject(audit, "sql", sql);
        access.sql = sql;
        passwords.settings = settings;
        passwords.prepare();
        signIns.sql = sql;
        signIns.clock = clock;
        signIns.audit = audit;
        signIns.told = recording();
        addresses.sql = sql;
        attempts.signIns = signIns;
        attempts.addresses = addresses;
        credentials.signIns = signIns;
        credentials.attempts = attempts;
        ownPassword.signIns = signIns;
        ownPassword.attempts = attempts;
        use(passwords);
        ownPassword.site = site;
        sessions.sql = sql;
        sessions.audit = audit;
        sessions.tenants = directory;
        links.sql = sql;
        links.audit = audit;
        links.links = oneTimeLinks;
        links.clock = clock;
        links.told = recording();
        choice.links = links;
        choice.passwords = passwords;
        choice.site = site;
        organizations.sql = sql;
        organizations.clock = clock;
        organizations.access = access;
        organizations.audit = audit;
        organizations.newcomers = newcomers;
        organizations.created = recording();
        members.sql = sql;
        members.clock = clock;
        members.access = access;
        members.audit = audit;
        members.newcomers = newcomers;
        members.roles = roles;
        members.owners = owners;
        members.accounts = accounts;
        members.links = oneTimeLinks;
        staff.sql = sql;
        staff.clock = clock;
        staff.access = access;
        staff.audit = audit;
        staff.newcomers = newcomers;
        staff.roles = roles;
        staff.links = oneTimeLinks;
        staff.owners = owners;
        staff.accounts = accounts;
        people.sql = sql;
        people.access = access;
        people.audit = audit;
        people.links = oneTimeLinks;
        people.owners = owners;
        people.accounts = accounts;
        var pending = new PendingMembers();
        pending.sql = sql;
        pending.clock = clock;
        pending.owners = owners;
        pending.accounts = accounts;
        pending.links = oneTimeLinks;
        pending.told = recording();
        members.pending = pending;
        links.pending = pending;
        memberInvitations.sql = sql;
        memberInvitations.access = access;
        memberInvitations.audit = audit;
        memberInvitations.members = members;
        memberInvitations.owners = owners;
        memberInvitations.accounts = accounts;
        memberInvitations.links = oneTimeLinks;
        memberInvitations.invitations = invitations;
        memberInvitations.pending = pending;
        var locking = new Locking();
        locking.sql = sql;
        locking.clock = clock;
        locking.audit = audit;
        locking.accounts = accounts;
        locking.links = oneTimeLinks;
        locking.told = recording();
        locks.sql = sql;
        locks.access = access;
        locks.roles = roles;
        locks.owners = owners;
        locks.locking = locking;
        recovery.locking = locking;
        recovery.sql = sql;
        recovery.clock = clock;
        recovery.staff = staff;
        recovery.people = people;
        recovery.owners = owners;
        forgotten.sql = sql;
        forgotten.audit = audit;
        forgotten.links = oneTimeLinks;
        apiKeys.sql = sql;
        apiKeys.clock = clock;
        apiKeys.access = access;
        apiKeys.audit = audit;
        impersonations.sql = sql;
        impersonations.clock = clock;
        impersonations.access = access;
        impersonations.audit = audit;
    }

    /** Checks passwords with those from now on. */
    void use(Passwords other) {
        attempts.passwords = other;
        credentials.passwords = other;
        ownPassword.passwords = other;
    }

    /** As the container calls it: each time in a transaction of its own. */
    private static final class NewTransactions extends AddressFailures {
        @Override
        public Optional<Duration> count(String network) {
            return Database.in(Scope.PLATFORM, () -> super.count(network));
        }

        @Override
        public void takeBack(String network) {
            Database.run(Scope.PLATFORM, () -> super.takeBack(network));
        }
    }

    static Settings settings(String memoryKib) {
        return new Settings(
                Map.of("tenantry.password.memory-kib", memoryKib, "tenantry.password.iterations", "1")::get,
                name -> null);
    }

    /** Does the work as the system, as the start and the demo do. */
    static <T> T asSystem(Supplier<T> work) {
        return as(Actor.system("test"), work);
    }

    static <T> T as(Actor actor, Supplier<T> work) {
        try (var acting = Actors.enter(actor)) {
            return work.get();
        }
    }

    static void run(Actor actor, Runnable work) {
        as(actor, () -> {
            work.run();
            return true;
        });
    }

    static UUID id(Actor person) {
        return Objects.requireNonNull(person.personId());
    }

    /** A staff member (or operator) with the role and {@link #PASSWORD}. */
    Actor staffMember(String email, String role) {
        return asSystem(() -> {
            var invited = (Invited) staff.invite(email, "Sam " + role, role);
            links.setByTheSystem(invited.personId(), passwords.hash(PASSWORD));
            return new Actor(
                    role.startsWith("operator") ? Actor.Kind.OPERATOR : Actor.Kind.STAFF,
                    invited.personId(),
                    "Sam " + role);
        });
    }

    /** An organization whose owner has {@link #PASSWORD}. */
    Customer customer(String email) {
        return asSystem(() -> {
            var created = (Organizations.Outcome.Created) organizations.create(
                    new Organizations.Draft("Customer of " + email, "billing." + email, "DE", "Olga Owner", email));
            links.setByTheSystem(created.personId(), passwords.hash(PASSWORD));
            return new Customer(
                    created.organizationId(), new Actor(Actor.Kind.MEMBER, created.personId(), "Olga Owner"));
        });
    }

    /** A further member of the customer, with the role and {@link #PASSWORD}. */
    Actor member(Customer customer, String email, String role) {
        return asSystem(() -> {
            var invited = (Invited) members.invite(customer.organizationId(), email, "Mia " + role, role);
            links.setByTheSystem(invited.personId(), passwords.hash(PASSWORD));
            return new Actor(Actor.Kind.MEMBER, invited.personId(), "Mia " + role);
        });
    }

    record Customer(UUID organizationId, Actor owner) {}

    @SuppressWarnings("unchecked")
    private <T> Event<T> recording() {
        return (Event<T>) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("fire")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    events.add(arguments[0]);
                    return null;
                });
    }

    private static void inject(Object bean, String name, Object value) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
