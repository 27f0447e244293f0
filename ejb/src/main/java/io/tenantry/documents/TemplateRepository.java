package io.tenantry.documents;

import io.tenantry.brand.Colour;
import io.tenantry.documents.DocumentTemplate.Language;
import io.tenantry.documents.DocumentTemplate.Part;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes templates. Checks no permission. */
final class TemplateRepository {
    private static final String VERSION = """
            select t.version, t.accent, t.language, t.recorded_at, t.recorded_by, t.payment_days,
                   array(select concat_ws(' ', x.language, x.part, x.text) from document_text x where x.version = t.version) as texts
              from document_template t
            """;

    private final Sql sql;

    TemplateRepository(Sql sql) {
        this.sql = sql;
    }

    Optional<DocumentTemplates.Version> latest() {
        return sql.first(VERSION + " order by t.version desc limit 1", TemplateRepository::version);
    }

    /** Returns the template that was current when a document was issued. */
    DocumentTemplate ofDocument(UUID documentId) {
        return sql.first(
                        VERSION + " where t.version = (select template_version from invoice where id = ?)",
                        TemplateRepository::version,
                        documentId)
                .map(DocumentTemplates.Version::documentTemplate)
                .orElse(DocumentTemplate.NONE);
    }

    private static DocumentTemplates.Version version(Row row) {
        return new DocumentTemplates.Version(
                row.whole("version"),
                row.instant("recorded_at"),
                row.text("recorded_by"),
                new DocumentTemplate(
                        row.maybeText("accent").map(Colour::of),
                        row.maybeText("language").map(Language::valueOf),
                        texts(row.texts("texts")),
                        row.maybeWhole("payment_days").orElse(DocumentTemplate.PAYMENT_DAYS)));
    }

    /** Parses lines such as {@code EN LEGAL Managing director: A. Lindner}. */
    private static Map<Language, Map<Part, String>> texts(List<String> lines) {
        var texts = new EnumMap<Language, Map<Part, String>>(Language.class);
        for (var line : lines) {
            var words = line.split(" ", 3);
            texts.computeIfAbsent(Language.valueOf(words[0]), none -> new EnumMap<>(Part.class))
                    .put(Part.valueOf(words[1]), words[2]);
        }
        return texts;
    }

    /** Writes a version, if there is none with that number. */
    boolean write(DocumentTemplates.Version version) {
        var documentTemplate = version.documentTemplate();
        var written = sql.update(
                """
                insert into document_template (version, accent, language, recorded_at, recorded_by, payment_days)
                values (?, ?, ?, ?, ?, ?)
                on conflict on constraint document_template_pk do nothing
                """,
                version.number(),
                documentTemplate.accent().map(Colour::hex).orElse(null),
                documentTemplate.language().map(Language::name).orElse(null),
                version.notedAt(),
                version.by(),
                documentTemplate.paymentDays());
        if (written == 0) {
            return false;
        }
        documentTemplate
                .texts()
                .forEach((language, parts) -> parts.forEach((part, text) -> sql.update(
                        "insert into document_text (version, language, part, text) values (?, ?, ?, ?)",
                        version.number(),
                        language,
                        part,
                        text)));
        return true;
    }
}
