package io.tenantry.brand.storefront;

import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.brand.storefront.Storefront.TextSlot;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Changes to the storefront by staff. Every change is visible to the next visitor and leaves an audit record. */
@Stateless
public class StorefrontEditor {
    /** The languages of pages. */
    public static final Set<String> LANGUAGES = Set.of("en", "de");

    private static final int QUESTION_MAX = 200;
    private static final int ANSWER_MAX = 5_000;
    private static final BigDecimal NORTH = BigDecimal.valueOf(90);
    private static final BigDecimal EAST = BigDecimal.valueOf(180);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** Fields that can be invalid. */
    public enum Field {
        HEADLINE,
        LEAD,
        ABOUT,
        LANGUAGE,
        QUESTION,
        ANSWER,
        REGION,
        LATITUDE,
        LONGITUDE
    }

    /** The result of a change. */
    public sealed interface Outcome {
        /** It is in force. */
        record Done() implements Outcome {}

        /** These fields are invalid; nothing was changed. */
        record Invalid(List<Field> fields) implements Outcome {}
    }

    /** A question as it was before its removal. May be kept in a session. */
    public record Removed(UUID id, String language, int position, String question, String answer)
            implements Serializable {}

    /** Saves the reseller's texts in a language. A slot that is missing or blank reverts to the page's default text. */
    public Outcome saveTexts(String language, Map<TextSlot, String> texts) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = new ArrayList<Field>();
        if (!LANGUAGES.contains(language)) {
            faults.add(Field.LANGUAGE);
        }
        for (var textSlot : TextSlot.values()) {
            if (texts.getOrDefault(textSlot, "").strip().length() > textSlot.lengthMax()) {
                faults.add(Field.valueOf(textSlot.name()));
            }
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(List.copyOf(faults));
        }
        for (var textSlot : TextSlot.values()) {
            var text = texts.getOrDefault(textSlot, "").strip();
            if (text.isEmpty()) {
                sql.update("delete from site_text where slot = ? and language = ?", textSlot.name(), language);
            } else {
                sql.update("""
                        insert into site_text (slot, language, text, changed_at) values (?, ?, ?, ?)
                        on conflict (slot, language) do update set text = excluded.text, changed_at = excluded.changed_at
                        """, textSlot.name(), language, text, clock.instant());
            }
        }
        audit.record("site.texts_changed", "site", language, Map.of());
        return new Outcome.Done();
    }

    /** Adds a question as the last of its language. */
    public Outcome add(String language, String question, String answer) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = faults(question, answer);
        if (!LANGUAGES.contains(language)) {
            faults.add(Field.LANGUAGE);
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(List.copyOf(faults));
        }
        var id = Ids.next(clock);
        sql.update("""
                insert into faq_entry (id, language, position, question, answer, changed_at)
                select ?, ?, coalesce(max(position), 0) + 1, ?, ?, ? from faq_entry where language = ?
                """, id, language, question.strip(), answer.strip(), clock.instant(), language);
        audit.record("faq.added", "question", id);
        return new Outcome.Done();
    }

    /** Changes the text of a question. */
    public Outcome change(UUID id, String question, String answer) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = faults(question, answer);
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(List.copyOf(faults));
        }
        require(
                id,
                sql.update(
                        "update faq_entry set question = ?, answer = ?, changed_at = ? where id = ?",
                        question.strip(),
                        answer.strip(),
                        clock.instant(),
                        id));
        audit.record("faq.changed", "question", id);
        return new Outcome.Done();
    }

    /** Removes a question and returns it. */
    public Removed remove(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var removed = sql.first(
                        "delete from faq_entry where id = ? returning id, language, position, question, answer",
                        StorefrontEditor::removed,
                        id)
                .orElseThrow(() -> new NotFoundException("question", id));
        audit.record("faq.removed", "question", id);
        return removed;
    }

    /**
     * Reverts {@link #remove}: the question is restored in its position.
     *
     * @return false if it exists already
     */
    public boolean putBack(Removed question) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var isBack = sql.update(
                        """
                        insert into faq_entry (id, language, position, question, answer, changed_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (id) do nothing
                        """,
                        question.id(),
                        question.language(),
                        question.position(),
                        question.question(),
                        question.answer(),
                        clock.instant())
                == 1;
        if (isBack) {
            audit.record("faq.restored", "question", question.id());
        }
        return isBack;
    }

    /** Swaps a question with the previous one; the first stays first. */
    public void raise(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        require(id, sql.update(RAISE, id, id));
        audit.record("faq.moved", "question", id);
    }

    /** Sets the position of a region on the map. */
    public Outcome locate(String region, MapPoint mapPoint) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = new ArrayList<Field>();
        if (sql.first("select code from region where code = ?", row -> row.text("code"), region)
                .isEmpty()) {
            faults.add(Field.REGION);
        }
        if (mapPoint.latitude().abs().compareTo(NORTH) > 0) {
            faults.add(Field.LATITUDE);
        }
        if (mapPoint.longitude().abs().compareTo(EAST) > 0) {
            faults.add(Field.LONGITUDE);
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(List.copyOf(faults));
        }
        sql.update("""
                insert into region_location (region, latitude, longitude) values (?, ?, ?)
                on conflict (region) do update set latitude = excluded.latitude, longitude = excluded.longitude
                """, region, mapPoint.latitude(), mapPoint.longitude());
        audit.record(
                "site.region_location_changed",
                "region",
                region,
                Map.of("latitude", mapPoint.latitude(), "longitude", mapPoint.longitude()));
        return new Outcome.Done();
    }

    /** Renumbers the questions of its language, with it and the previous one swapped. */
    private static final String RAISE = """
            with ordered as (
                select id, row_number() over (order by position, id) place
                  from faq_entry where language = (select language from faq_entry where id = ?)),
            mine as (select place from ordered where id = ?)
            update faq_entry q
               set position = case when o.place = m.place then greatest(o.place - 1, 1)
                                   when o.place = m.place - 1 then o.place + 1
                                   else o.place end
              from ordered o, mine m
             where q.id = o.id
            """;

    private static List<Field> faults(String question, String answer) {
        var faults = new ArrayList<Field>();
        if (question.isBlank() || question.strip().length() > QUESTION_MAX) {
            faults.add(Field.QUESTION);
        }
        if (answer.isBlank() || answer.strip().length() > ANSWER_MAX) {
            faults.add(Field.ANSWER);
        }
        return faults;
    }

    private static Removed removed(Row row) {
        return new Removed(
                row.uuid("id"), row.text("language"), row.whole("position"), row.text("question"), row.text("answer"));
    }

    private static void require(UUID id, int rows) {
        if (rows == 0) {
            throw new NotFoundException("question", id);
        }
    }
}
