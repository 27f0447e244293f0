package io.tenantry.concession;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Wallets;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** People of a reseller's staff who ask for something and decide on it. */
public final class Approvers {
    private final Books books;
    private final Concessions concessions;
    private final ConcessionLimits limits;

    /** Those who may approve, two, one who may ask as well, and one who may neither. */
    public final Actor anna;

    public final Actor clara;
    public final Actor bruno;
    public final Actor sofia;

    public Approvers(Books books, AuditTrail audit, Wallets wallets, ApprovedCredits credits) {
        this.books = books;
        var access = new Access(books.sql);
        limits = new ConcessionLimits(
                books.sql, books.clock, access, audit, new TenantDirectory(Database.administration()));
        concessions = new Concessions(books.sql, books.clock, access, audit, wallets, credits);
        anna = staff("Anna", "staff_owner");
        clara = staff("Clara", "staff_owner");
        bruno = staff("Bruno", "staff_billing");
        sofia = staff("Sofia", "staff_support");
    }

    public ConcessionLimits limits() {
        return limits;
    }

    public Concessions concessions() {
        return concessions;
    }

    /** Above so much in a day somebody approves. */
    public void limit(String amount) {
        as(anna, () -> limits.set(ConcessionLimits.Subject.CONCESSION, Optional.of(new BigDecimal(amount))));
    }

    /** Nobody has to approve anything. */
    public void noLimit() {
        as(anna, () -> limits.set(ConcessionLimits.Subject.CONCESSION, Optional.empty()));
    }

    public Concessions.Outcome approve(Actor who, UUID id) {
        return as(who, () -> concessions.approve(id, ""));
    }

    /** Something that somebody does. */
    public <T> T as(Actor who, Supplier<T> deed) {
        return Database.in(books.tenant, () -> {
            try (var acting = Actors.enter(who)) {
                return deed.get();
            }
        });
    }

    private Actor staff(String name, String role) {
        var person = UUID.randomUUID();
        books.in(() -> {
            books.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, ?, ?)",
                    person,
                    person + "@approvers.example",
                    name,
                    books.clock.instant());
            return books.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, ?, 'STAFF', ?)",
                    person,
                    role,
                    books.clock.instant());
        });
        return new Actor(Actor.Kind.STAFF, person, name);
    }
}
