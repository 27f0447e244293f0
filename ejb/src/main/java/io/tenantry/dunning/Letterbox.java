package io.tenantry.dunning;

import io.tenantry.config.Settings;
import io.tenantry.identity.Permission;
import io.tenantry.mail.Amounts;
import io.tenantry.mail.Letter;
import io.tenantry.mail.Outbox;
import io.tenantry.money.Money;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Writes to those who may see an organization's money, in the transaction of what it tells of, and knows what has gone out. */
@ApplicationScoped
public class Letterbox {
    private static final String READERS = """
            select p.id, p.name, p.email, p.locale
              from membership m
              join role r on r.code = m.role and ? = any (r.permissions)
              join person p on p.id = m.person_id and p.state = 'ACTIVE'
             where m.organization_id = ?
             order by p.id
            """;

    /** In the demo, which has no mail server, a letter that is kept has gone out. */
    private static final String REACHED = """
            update dunning_step s
               set reached_at = greatest(s.taken_at, g.at)
              from dunning_step u
              join dunning_episode e on e.id = u.episode_id and e.ended_at is null
             cross join lateral (
               select min(case m.state when 'SENT' then m.sent_at when 'KEPT' then m.created_at end) as at
                 from mail m
                where m.idempotency_key = any (u.letters)
                  and (m.state = 'SENT' or m.state = 'KEPT' and ?)) g
             where s.id = u.id and u.reached_at is null and g.at is not null
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Outbox outbox;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /** For the container. */
    public Letterbox() {}

    /** For use outside a container. */
    Letterbox(Sql sql, Clock clock, Outbox outbox, TenantDirectory tenants, Settings settings) {
        this.sql = sql;
        this.clock = clock;
        this.outbox = outbox;
        this.tenants = tenants;
        this.settings = settings;
    }

    /** Somebody who is written to. */
    record Reader(UUID personId, String name, String email, Optional<Locale> locale) {}

    /**
     * What a letter says.
     *
     * @param amount what is missing
     * @param fee what is in the amount because it is late; empty if nothing
     * @param services which it is about, and what comes for them when
     */
    record Words(Letter letter, Note.Kind note, Money amount, Optional<Money> fee, Schedule services) {}

    /** Who may see an organization's money. */
    List<Reader> readers(UUID organizationId) {
        return sql.query(
                READERS,
                row -> new Reader(
                        row.uuid("id"),
                        row.text("name"),
                        row.text("email"),
                        row.maybeText("locale").map(Locale::forLanguageTag)),
                Permission.BILLING_VIEW,
                organizationId);
    }

    /**
     * Tells them.
     *
     * @param key the same tells a person once
     * @return the keys of the letters
     */
    List<String> tell(Debt debt, List<Reader> readers, Words words, String key) {
        var at = clock.instant();
        Notices.tellMembers(
                sql,
                debt.organizationId(),
                Permission.BILLING_VIEW,
                new Note(words.note(), debt.organization(), "", "wallet", key),
                at);
        return readers.stream().map(reader -> write(debt, reader, words, key)).toList();
    }

    private String write(Debt debt, Reader reader, Words words, String key) {
        var tenant = tenants.current();
        var locale = reader.locale().orElseGet(tenant::locale);
        var facts = new HashMap<>(words.services().facts());
        facts.put("name", reader.name());
        facts.put("about", debt.organization());
        facts.put("amount", Amounts.text(words.amount(), locale));
        facts.put("fee", words.fee().map(fee -> Amounts.text(fee, locale)).orElse(""));
        facts.put("link", settings.origin(tenant.primaryHost()) + "/portal/wallet");
        var own = key + ":" + reader.personId();
        outbox.write(words.letter(), locale, reader.email(), facts, own);
        return own;
    }

    /** Notes of steps when the first of their letters has gone out. */
    int reached() {
        return sql.update(REACHED, settings.demo());
    }
}
