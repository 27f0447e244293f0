package io.tenantry.brand;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reseller's imprint, terms, privacy notice and instruction on withdrawal: Markdown, public, edited with the permission to manage the
 * settings.
 */
@Stateless
public class LegalTexts {
    public static final int BODY_MAX = 60_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** The kinds of legal texts. */
    public enum Kind {
        IMPRINT,
        TERMS,
        PRIVACY,
        /** The right to withdraw from a contract or to a refund, and the procedure. */
        WITHDRAWAL
    }

    /** A text in force. */
    public record Text(Kind kind, int version, String body, Instant publishedAt) {}

    /** The result of publishing. */
    public enum Outcome {
        DONE,
        TOO_LONG,
        /** A newer version was published meanwhile. */
        OUTDATED
    }

    /** Returns the text in force, if there is one. */
    public Optional<Text> current(Kind kind) {
        return isTenant()
                ? sql.first(
                                """
                        select version, body, published_at
                          from legal_text
                         where kind = ?
                         order by version desc
                         limit 1
                        """,
                                row -> new Text(
                                        kind, row.whole("version"), row.text("body"), row.instant("published_at")),
                                kind)
                        .filter(text -> !text.body().isBlank())
                : Optional.empty();
    }

    /** Returns the existing texts, in the order of a page footer. */
    public List<Kind> kinds() {
        return isTenant() ? sql.query("""
                        select kind
                          from (select distinct on (kind) kind, body from legal_text order by kind, version desc) l
                         where body <> ''
                         order by array_position(array['IMPRINT', 'TERMS', 'PRIVACY', 'WITHDRAWAL'], kind)
                        """, row -> Kind.valueOf(row.text("kind"))) : List.of();
    }

    /** Returns the missing texts, for staff: visitors expect them, and in many countries the law requires them. */
    public List<Kind> missing() {
        var known = kinds();
        return Arrays.stream(Kind.values())
                .filter(kind -> !known.contains(kind))
                .toList();
    }

    /** Returns the version in force; 0 before the first. */
    public int version(Kind kind) {
        return sql.one(
                "select coalesce(max(version), 0) as version from legal_text where kind = ?",
                row -> row.whole("version"),
                kind);
    }

    /** Publishes a text; an empty one removes the page. */
    public Outcome publish(Kind kind, String body, int base) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (body.length() > BODY_MAX) {
            return Outcome.TOO_LONG;
        }
        int written = sql.update(
                """
                insert into legal_text (kind, version, body, published_at, published_by)
                select ?, ? + 1, ?, ?, ?
                 where (select coalesce(max(version), 0) from legal_text where kind = ?) = ?
                on conflict (kind, version) do nothing
                """,
                kind,
                base,
                body.strip(),
                clock.instant(),
                Actors.current().map(Actor::name).orElse(""),
                kind,
                base);
        if (written == 0) {
            return Outcome.OUTDATED;
        }
        audit.record("legal.published", "legal_text", kind.name(), Map.of("version", base + 1));
        return Outcome.DONE;
    }

    /** Reverts the publication of a version: the previous text is in force again, as a new version. */
    public Outcome takeBack(Kind kind, int version) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var before = sql.first(
                        "select body from legal_text where kind = ? and version = ?",
                        row -> row.text("body"),
                        kind,
                        version - 1)
                .orElse("");
        return publish(kind, before, version);
    }

    private static boolean isTenant() {
        return Tenancy.current().flatMap(Scope::tenant).isPresent();
    }
}
