package io.tenantry.demo;

import io.tenantry.demo.DemoBrand.Person;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.Passwords;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The persons of a story: they exist when they are first met, and can sign in from then on. */
@Dependent
class DemoPeople {
    @Inject
    Staff staff;

    @Inject
    Members members;

    @Inject
    PasswordLinks passwordLinks;

    @Inject
    Passwords passwords;

    private final Map<Person, UUID> ids = new HashMap<>();

    /** All persons of the demo have the same public password: it is hashed once. */
    private @Nullable String password;

    /** Adds the platform's operator, unless that person exists. */
    void hireOperator() {
        Tenancy.in(Scope.PLATFORM, () -> {
            var operator = DemoLogins.OPERATOR;
            var invited = staff.invite(operator.email(), operator.name(), operator.role());
            if (invited instanceof InvitationOutcome.Invited newcomer) {
                givePassword(newcomer.personId());
            }
            return invited;
        });
    }

    /** Adds the staff of a brand, whose owner exists. */
    void hire(DemoBrand brand) {
        var owner = brand.staff().get(0);
        for (var row : staff.all()) {
            meet(owner, row.personId());
        }
        for (var person : brand.staff()) {
            if (!person.equals(owner)) {
                meet(person, invited(staff.invite(person.email(), person.name(), person.role())));
            }
        }
    }

    /** Adds a member of an organization, who may be a member of others already. */
    void join(UUID organizationId, Person person) {
        var id = invited(members.invite(organizationId, person.email(), person.name(), person.role()));
        if (!ids.containsValue(id)) {
            meet(person, id);
        }
    }

    /** Lets a person act until the result is closed. */
    Actors.ActorScope as(Actor.Kind kind, Person person) {
        return Actors.enter(new Actor(kind, known(ids.get(person), person), person.name()));
    }

    /** Lets a person of the demo, who exists now, sign in. */
    void meet(Person person, UUID id) {
        ids.put(person, id);
        givePassword(id);
    }

    private void givePassword(UUID person) {
        var known = password;
        if (known == null) {
            known = passwords.inTurn(Passwords.Caller.system(), () -> passwords.hash(DemoLogins.PASSWORD));
            password = known;
        }
        passwordLinks.setByTheSystem(person, known);
    }

    /** Returns the id of what the story mentions. */
    static UUID known(@Nullable UUID id, Object what) {
        if (id == null) {
            throw new IllegalStateException("not in the story yet: " + what);
        }
        return id;
    }

    private static UUID invited(InvitationOutcome outcome) {
        if (outcome instanceof InvitationOutcome.Invited newcomer) {
            return newcomer.personId();
        }
        throw new IllegalStateException("a person of the demo was refused: " + outcome);
    }
}
