package io.tenantry.identity;

import io.tenantry.audit.AuditTrail;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One-time links with which people choose a password. A link works once, only in the scope it was made in, and not after it
 * expired; a newer one replaces it. {@link PasswordChoice} is the way to use one.
 */
@Stateless
public class Links {
    private static final String FIND = """
            select l.person_id, l.purpose, p.email, p.name
              from one_time_link l
              join person p on p.id = l.person_id and p.state = 'ACTIVE'
             where l.token_hash = ?
               and l.used_at is null
               and l.expires_at > now()
            """;

    private static final String USE = """
            update one_time_link l
               set used_at = now()
              from person p
             where l.token_hash = ?
               and l.used_at is null
               and l.expires_at > now()
               and p.id = l.person_id
               and p.state = 'ACTIVE'
            returning l.person_id, l.purpose, p.name, p.email
            """;

    private static final String SET_PASSWORD = """
            insert into credential (person_id, password_hash, changed_at)
            values (?, ?, now())
            on conflict (person_id) do update
               set password_hash = excluded.password_hash,
                   changed_at = excluded.changed_at
            """;

    @Inject
    Sql sql;

    @Inject
    AuditTrail audit;

    @Inject
    OneTimeLinks links;

    /** What a link is for, and so how long it lives. */
    public enum Purpose {
        /** A new person chooses the first password: three days, so that a weekend may lie between. */
        INVITE(Duration.ofDays(3)),
        /** A known person chooses another one: an hour, since the way in is valuable. */
        RESET(Duration.ofHours(1));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }

        /** How long such a link works. */
        public Duration life() {
            return life;
        }
    }

    /** A link that works, as its page greets whoever opened it. */
    public record Open(UUID personId, Purpose purpose, String email, String name) {}

    /** The link behind the secret, if it still works. Looking does not use it up. */
    public Optional<Open> open(String secret) {
        return sql.first(FIND, Links::opened, Secrets.sha256(secret));
    }

    /**
     * Uses the link up and sets the password behind the hash, at once or not at all; of several at the same time one wins.
     * All sessions of the person end, and so do pauses after failures to sign in.
     */
    public Optional<Open> use(String secret, String passwordHash) {
        var used = sql.first(USE, Links::opened, Secrets.sha256(secret));
        used.ifPresent(link -> {
            setPassword(link.personId(), passwordHash);
            SignIns.forgive(sql, link.email());
            audit.record(
                    "person.password_set",
                    "person",
                    link.personId().toString(),
                    Map.of("by", "link", "purpose", link.purpose()));
        });
        return used;
    }

    /**
     * Sets a password without a link: for the demo, whose passwords are printed.
     *
     * @throws AccessDenied unless the system acts
     */
    public void setByTheSystem(UUID personId, String passwordHash) {
        if (!Actors.require().isSystem()) {
            throw new AccessDenied("system");
        }
        setPassword(personId, passwordHash);
        audit.record("person.password_set", "person", personId.toString(), Map.of("by", "system"));
    }

    private void setPassword(UUID personId, String passwordHash) {
        sql.update(SET_PASSWORD, personId, passwordHash);
        links.forget(personId);
        Sessions.endAll(sql, personId);
    }

    private static Open opened(Row row) {
        return new Open(
                row.uuid("person_id"), Purpose.valueOf(row.text("purpose")), row.text("email"), row.text("name"));
    }
}
