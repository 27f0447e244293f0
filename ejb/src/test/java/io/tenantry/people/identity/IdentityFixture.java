package io.tenantry.people.identity;

import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.InvitationOutcome.Invited;
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

/** The beans of this package, assembled over {@link Database}, with cheap password hashes. */
final class IdentityFixture {
    static final String PASSWORD = "orbit-teapot-nine";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    final List<Object> events = new ArrayList<>();
    final Sql sql = new Sql(Database.runtime());
    final AuditTrail audit = new AuditTrail();
    final Access access = new Access();
    final Passwords passwords = new Passwords();
    final SignInTransactions signInTransactions = new SignInTransactions();
    final AddressFailures addresses = new NewTransactions();
    final PasswordAttempts attempts = new PasswordAttempts();
    final PasswordAuthentication passwordAuthentication = new PasswordAuthentication();
    final PasswordChange passwordChange = new PasswordChange();
    final Sessions sessions = new Sessions();
    final PasswordLinks passwordLinks = new PasswordLinks();
    final PasswordReset choice = new PasswordReset();
    final Organizations organizations = new Organizations();
    final Members members = new Members();
    final Staff staff = new Staff();
    final PersonAccounts personAccounts = new PersonAccounts();
    final MemberInvitations memberInvitations = new MemberInvitations();
    final AccountLocks locks = new AccountLocks();
    final OwnerRecovery recovery = new OwnerRecovery();
    final PasswordResetRequest forgotten = new PasswordResetRequest();
    private final PasswordResetLinks resetLinks = new PasswordResetLinks();
    final ApiKeys apiKeys = new ApiKeys();
    final Impersonations impersonations = new Impersonations();

    final TenantDirectory directory = new TenantDirectory(Database.administration());

    IdentityFixture() {
        SiteNames site = () -> List.of("Tenantry", "Aurora Cloud", "portal.aurora.example");
        var settings = settings("1024");
        var oneTimeTokens = new OneTimeTokens();
        oneTimeTokens.sql = sql;
        oneTimeTokens.settings = settings;
        oneTimeTokens.tenants = directory;
        oneTimeTokens.securityMails = recording();
        var personRegistration = new PersonRegistration();
        personRegistration.sql = sql;
        personRegistration.clock = clock;
        personRegistration.links = oneTimeTokens;
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
        accounts.links = oneTimeTokens;
        var invitationWithdrawals = new InvitationWithdrawals();
        invitationWithdrawals.sql = sql;
        invitationWithdrawals.audit = audit;
        accounts.invitationWithdrawals = invitationWithdrawals;
        apiKeys.invitationWithdrawals = invitationWithdrawals;
        sessions.accounts = accounts;
        signInTransactions.accounts = accounts;
        passwordLinks.accounts = accounts;
        personAccounts.invitations = invitations;

        inject(audit, "sql", sql);
        access.sql = sql;
        passwords.settings = settings;
        passwords.prepare();
        signInTransactions.sql = sql;
        signInTransactions.clock = clock;
        signInTransactions.audit = audit;
        signInTransactions.securityMails = recording();
        addresses.sql = sql;
        attempts.signInTransactions = signInTransactions;
        attempts.addresses = addresses;
        passwordAuthentication.signInTransactions = signInTransactions;
        passwordAuthentication.attempts = attempts;
        passwordChange.signInTransactions = signInTransactions;
        passwordChange.attempts = attempts;
        use(passwords);
        passwordChange.site = site;
        sessions.sql = sql;
        sessions.audit = audit;
        sessions.tenants = directory;
        passwordLinks.sql = sql;
        passwordLinks.audit = audit;
        passwordLinks.links = oneTimeTokens;
        passwordLinks.clock = clock;
        passwordLinks.securityMails = recording();
        choice.passwordLinks = passwordLinks;
        choice.passwords = passwords;
        choice.site = site;
        organizations.sql = sql;
        organizations.clock = clock;
        organizations.access = access;
        organizations.audit = audit;
        organizations.personRegistration = personRegistration;
        organizations.created = recording();
        members.sql = sql;
        members.clock = clock;
        members.access = access;
        members.audit = audit;
        members.personRegistration = personRegistration;
        members.roles = roles;
        members.owners = owners;
        members.accounts = accounts;
        members.links = oneTimeTokens;
        staff.sql = sql;
        staff.clock = clock;
        staff.access = access;
        staff.audit = audit;
        staff.personRegistration = personRegistration;
        staff.roles = roles;
        staff.links = oneTimeTokens;
        staff.owners = owners;
        staff.accounts = accounts;
        personAccounts.sql = sql;
        personAccounts.access = access;
        personAccounts.audit = audit;
        personAccounts.links = oneTimeTokens;
        personAccounts.owners = owners;
        personAccounts.accounts = accounts;
        var pending = new PendingMembers();
        pending.sql = sql;
        pending.clock = clock;
        pending.owners = owners;
        pending.accounts = accounts;
        pending.links = oneTimeTokens;
        pending.securityMails = recording();
        members.pending = pending;
        passwordLinks.pending = pending;
        memberInvitations.sql = sql;
        memberInvitations.access = access;
        memberInvitations.audit = audit;
        memberInvitations.members = members;
        memberInvitations.owners = owners;
        memberInvitations.accounts = accounts;
        memberInvitations.links = oneTimeTokens;
        memberInvitations.invitations = invitations;
        memberInvitations.pending = pending;
        var accountLocking = new AccountLocking();
        accountLocking.sql = sql;
        accountLocking.clock = clock;
        accountLocking.audit = audit;
        accountLocking.accounts = accounts;
        accountLocking.links = oneTimeTokens;
        accountLocking.securityMails = recording();
        locks.sql = sql;
        locks.access = access;
        locks.roles = roles;
        locks.owners = owners;
        locks.accountLocking = accountLocking;
        recovery.accountLocking = accountLocking;
        recovery.sql = sql;
        recovery.clock = clock;
        recovery.staff = staff;
        recovery.personAccounts = personAccounts;
        recovery.owners = owners;
        forgotten.sql = sql;
        forgotten.links = resetLinks;
        forgotten.threads = new PasswordResetThreads() {
            @Override
            public void execute(String network, Runnable work) {
                work.run();
            }
        };
        resetLinks.sql = sql;
        resetLinks.audit = audit;
        resetLinks.links = oneTimeTokens;
        apiKeys.sql = sql;
        apiKeys.clock = clock;
        apiKeys.access = access;
        apiKeys.audit = audit;
        impersonations.sql = sql;
        impersonations.clock = clock;
        impersonations.access = access;
        impersonations.audit = audit;
    }

    /** Sets the password checks from now on. */
    void use(Passwords other) {
        attempts.passwords = other;
        passwordAuthentication.passwords = other;
        passwordChange.passwords = other;
    }

    /** Called as by the container: each time in its own transaction. */
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

    /** Runs the work as the system, as the startup and the demo do. */
    static <T> T asSystem(Supplier<T> work) {
        return as(Actor.system("test"), work);
    }

    static <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
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

    /** Creates a staff member (or operator) with the role and {@link #PASSWORD}. */
    Actor staffMember(String email, String role) {
        return asSystem(() -> {
            var invited = (Invited) staff.invite(email, "Sam " + role, role);
            passwordLinks.setByTheSystem(invited.personId(), passwords.hash(PASSWORD));
            return new Actor(
                    role.startsWith("operator") ? Actor.Kind.OPERATOR : Actor.Kind.STAFF,
                    invited.personId(),
                    "Sam " + role);
        });
    }

    /** Creates an organization whose owner has {@link #PASSWORD}. */
    Customer customer(String email) {
        return asSystem(() -> {
            var created = (Organizations.Outcome.Created) organizations.create(
                    new Organizations.Draft("Customer of " + email, "billing." + email, "DE", "Olga Owner", email));
            passwordLinks.setByTheSystem(created.personId(), passwords.hash(PASSWORD));
            return new Customer(
                    created.organizationId(), new Actor(Actor.Kind.MEMBER, created.personId(), "Olga Owner"));
        });
    }

    /** Adds a further member of the customer, with the role and {@link #PASSWORD}. */
    Actor member(Customer customer, String email, String role) {
        return asSystem(() -> {
            var invited = (Invited) members.invite(customer.organizationId(), email, "Mia " + role, role);
            passwordLinks.setByTheSystem(invited.personId(), passwords.hash(PASSWORD));
            return new Actor(Actor.Kind.MEMBER, invited.personId(), "Mia " + role);
        });
    }

    record Customer(UUID organizationId, Actor owner) {}

    @SuppressWarnings("unchecked")
    private <T> Event<T> recording() {
        return (Event<T>) Proxy.newProxyInstance(
                IdentityFixture.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
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
