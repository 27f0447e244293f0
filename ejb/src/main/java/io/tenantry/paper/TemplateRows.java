package io.tenantry.paper;

import io.tenantry.brand.Colour;
import io.tenantry.paper.Template.Language;
import io.tenantry.paper.Template.Part;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Templates as the rows have them. Asks for no permission. */
final class TemplateRows {
    private static final String VERSION = """
            select t.version, t.accent, t.language, t.noted_at, t.noted_by, t.payment_days,
                   array(select concat_ws(' ', x.language, x.part, x.said) from document_text x where x.version = t.version) as texts
              from document_template t
            """;

    private final Sql sql;

    TemplateRows(Sql sql) {
        this.sql = sql;
    }

    Optional<Templates.Version> latest() {
        return sql.first(VERSION + " order by t.version desc limit 1", TemplateRows::version);
    }

    /** The one in force when a document was issued. */
    Template ofDocument(UUID documentId) {
        return sql.first(
                        VERSION + " where t.version = (select template_version from invoice where id = ?)",
                        TemplateRows::version,
                        documentId)
                .map(Templates.Version::template)
                .orElse(Template.NONE);
    }

    private static Templates.Version version(Row row) {
        return new Templates.Version(
                row.whole("version"),
                row.instant("noted_at"),
                row.text("noted_by"),
                new Template(
                        row.maybeText("accent").map(Colour::of),
                        row.maybeText("language").map(Language::valueOf),
                        texts(row.texts("texts")),
                        row.maybeWhole("payment_days").orElse(Template.PAYMENT_DAYS)));
    }

    /** Of lines such as {@code EN LEGAL Managing director: A. Lindner}. */
    private static Map<Language, Map<Part, String>> texts(List<String> lines) {
        var texts = new EnumMap<Language, Map<Part, String>>(Language.class);
        for (var line : lines) {
            var words = line.split(" ", 3);
            texts.computeIfAbsent(Language.valueOf(words[0]), none -> new EnumMap<>(Part.class))
                    .put(Part.valueOf(words[1]), words[2]);
        }
        return texts;
    }

    /** Writes a version, if there is none of that number. */
    boolean write(Templates.Version version) {
        var template = version.template();
        var written = sql.update(
                """
                insert into document_template (version, accent, language, noted_at, noted_by, payment_days)
                values (?, ?, ?, ?, ?, ?)
                on conflict on constraint document_template_pk do nothing
                """,
                version.number(),
                template.accent().map(Colour::hex).orElse(null),
                template.language().map(Language::name).orElse(null),
                version.notedAt(),
                version.by(),
                template.paymentDays());
        if (written == 0) {
            return false;
        }
        template.texts()
                .forEach((language, parts) -> parts.forEach((part, text) -> sql.update(
                        "insert into document_text (version, language, part, said) values (?, ?, ?, ?)",
                        version.number(),
                        language,
                        part,
                        text)));
        return true;
    }
}
