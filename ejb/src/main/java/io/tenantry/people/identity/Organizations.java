package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The reseller's customers, as staff add and find them. */
@Stateless
public class Organizations {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int NAME_MAX = 120;
    private static final int PAGE_MAX = 500;

    private static final String CREATE = """
            insert into organization (id, name, billing_email, country, created_at)
            values (?, ?, ?, ?, ?)
            """;

    private static final String ROWS = """
            select o.id, o.name, o.billing_email, o.country, o.state, o.created_at,
                   (select count(*) from membership m where m.organization_id = o.id)::int as members
              from organization o
             where
            """;

    /** Whether a customer's name or addresses contain a text, which may be empty; addresses also in the form in which they are stored. */
    private static final String MATCHES = """
            strpos(lower(o.name), ?) > 0
                or strpos(lower(o.billing_email), ?) > 0
                or strpos(lower(o.billing_email), ?) > 0
                or exists (select from membership m
                             join person p on p.id = m.person_id
                            where m.organization_id = o.id
                              and (strpos(p.email, ?) > 0 or strpos(p.email, ?) > 0))
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    PersonRegistration personRegistration;

    @Inject
    Invitations invitations;

    @Inject
    Event<OrganizationCreated> created;

    /** The input for a new customer: the organization and the first person, who becomes its owner. */
    public record Draft(String name, String billingEmail, String country, String memberName, String memberEmail) {}

    /** The result of adding a customer. */
    public sealed interface Outcome {
        /**
         * The customer was created.
         *
         * @param mailedTo the address to which a new first person's link for choosing a password went; empty if that person has one
         */
        record Created(UUID organizationId, UUID personId, Optional<String> mailedTo) implements Outcome {}

        /** These fields are invalid; nothing was created. */
        record Invalid(List<Field> fields) implements Outcome {}
    }

    /** Fields of a {@link Draft}. */
    public enum Field {
        NAME,
        BILLING_EMAIL,
        COUNTRY,
        MEMBER_NAME,
        MEMBER_EMAIL
    }

    /** One customer as shown in a list. */
    public record Summary(
            UUID id, String name, String billingEmail, String country, String state, Instant createdAt, int members) {}

    /** Adds a customer with its first person; its wallet opens in the same transaction. */
    public Outcome create(Draft draft) {
        access.require(Permission.STAFF_CUSTOMERS_MANAGE);
        var name = draft.name().strip();
        var country = draft.country().strip().toUpperCase(Locale.ROOT);
        var billingEmail = EmailAddress.of(draft.billingEmail());
        var memberName = draft.memberName().strip();
        var memberEmail = EmailAddress.of(draft.memberEmail());
        var faults = new ArrayList<Field>();
        if (!isName(name)) {
            faults.add(Field.NAME);
        }
        if (billingEmail.isEmpty()) {
            faults.add(Field.BILLING_EMAIL);
        }
        if (!COUNTRIES.contains(country)) {
            faults.add(Field.COUNTRY);
        }
        if (!PersonAccounts.isName(memberName)) {
            faults.add(Field.MEMBER_NAME);
        }
        if (memberEmail.isEmpty()) {
            faults.add(Field.MEMBER_EMAIL);
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(List.copyOf(faults));
        }
        invitations.count(null);
        var organizationId = Ids.next(clock);
        sql.update(CREATE, organizationId, name, billingEmail.orElseThrow(), country, clock.instant());
        var person = personRegistration.person(memberEmail.orElseThrow(), memberName);
        sql.update(
                "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, 'owner', ?)",
                organizationId,
                person,
                clock.instant());
        var owner = personRegistration.arrived(person, memberName);
        created.fire(new OrganizationCreated(organizationId));
        audit.record(
                "organization.created",
                "organization",
                organizationId.toString(),
                Map.of("name", name, "owner", person));
        return new Outcome.Created(organizationId, person, owner.mailedTo());
    }

    /**
     * Returns customers by name.
     *
     * @param search part of the name, the billing address or a member's address; empty for all
     * @param first how many to skip
     * @param limit how many to show, at most 500
     */
    public List<Summary> page(String search, int first, int limit) {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        var part = InputText.searchTerm(search).toLowerCase(Locale.ROOT);
        var kept = EmailAddress.searched(part);
        return sql.query(
                ROWS + MATCHES + " order by lower(o.name), o.id limit ? offset ?",
                Organizations::summary,
                part,
                part,
                kept,
                part,
                kept,
                Math.min(limit, PAGE_MAX),
                first);
    }

    /** Returns how many customers {@link #page} has in all. */
    public int count(String search) {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        var part = InputText.searchTerm(search).toLowerCase(Locale.ROOT);
        var kept = EmailAddress.searched(part);
        return sql.one(
                "select count(*)::int as n from organization o where " + MATCHES,
                row -> row.whole("n"),
                part,
                part,
                kept,
                part,
                kept);
    }

    /**
     * Returns one customer, for staff or for its members.
     *
     * @throws NotFoundException if the current actor may not know it
     */
    public Summary one(UUID organizationId) {
        access.requireIn(organizationId, Permission.ORGANIZATION_VIEW); // A permission of every predefined role.
        return sql.one(ROWS + " o.id = ?", Organizations::summary, organizationId);
    }

    static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= NAME_MAX && InputText.isLine(text);
    }

    private static Summary summary(Row row) {
        return new Summary(
                row.uuid("id"),
                row.text("name"),
                row.text("billing_email"),
                row.text("country"),
                row.text("state"),
                row.instant("created_at"),
                row.whole("members"));
    }
}
