package io.tenantry.web.billing.invoicing;

import io.tenantry.brand.Colour;
import io.tenantry.brand.Contrast;
import io.tenantry.documents.DocumentPreviews;
import io.tenantry.documents.DocumentTemplate;
import io.tenantry.documents.DocumentTemplate.Part;
import io.tenantry.documents.DocumentTemplates;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The document template: layout and additional texts, with a specimen that follows the input. */
@Named
@RequestScoped
public class InvoiceTemplatePage {
    private static final String HERE = "/staff/invoice-template";

    @Inject
    CurrentPerson me;

    @Inject
    DocumentTemplates documentTemplates;

    @Inject
    DocumentPreviews documentPreviews;

    @Inject
    Language language;

    @Inject
    Format format;

    private final Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    private int base;
    private @Nullable Integer days = DocumentTemplate.PAYMENT_DAYS;
    private boolean isOwn;
    private String accent = "";
    private String documents = "";
    private String shown = "";
    private String noted = "";
    private boolean isFit = true;

    /** Creates an empty page. */
    public InvoiceTemplatePage() {
        for (var language : DocumentTemplate.Language.values()) {
            texts.put(language.name(), new LinkedHashMap<>());
        }
    }

    /** Loads the template in force, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            documentTemplates.latest().ifPresent(this::show);
            shown = language.getTag().toUpperCase(Locale.ROOT);
            draw();
        });
    }

    private void show(DocumentTemplates.Version version) {
        base = version.number();
        noted = format.text("template.noted", version.number(), format.date(version.notedAt(), "date"), version.by());
        var documentTemplate = version.documentTemplate();
        days = documentTemplate.paymentDays();
        isOwn = documentTemplate.accent().isPresent();
        accent = documentTemplate.accent().map(Colour::hex).orElse("");
        documents = documentTemplate.language().map(Enum::name).orElse("");
        documentTemplate
                .texts()
                .forEach((language, parts) -> parts.forEach(
                        (part, text) -> texts.computeIfAbsent(language.name(), none -> new LinkedHashMap<>())
                                .put(part.name(), text)));
    }

    /** Puts the template in force for documents that are issued from now on. */
    public void save() {
        if (isOwn && !Colour.isColour(accent)) {
            PageResult.refuse("template:accent", format.text("template.accent.fault"));
            draw();
            return;
        }
        var outcome = documentTemplates.change(base, draft());
        if (outcome instanceof DocumentTemplates.Outcome.Invalid invalid) {
            refuse(invalid.fields());
        } else if (outcome instanceof DocumentTemplates.Outcome.Unpayable) {
            PageResult.refuse("template:days", getDaysFault());
        } else if (outcome instanceof DocumentTemplates.Outcome.Outdated) {
            PageResult.refuse(format.text("template.outdated"));
            draw();
        } else {
            PageResult.go(HERE, format.text("template.saved"));
        }
    }

    private void refuse(Set<DocumentTemplate.Field> fields) {
        for (var field : fields) {
            PageResult.refuse(
                    "template:" + field.part() + "_" + field.language(),
                    format.text(
                            "template.fault",
                            field.part().lengthMax(),
                            field.part().linesMax()));
        }
    }

    private DocumentTemplate draft() {
        var ownTexts = new EnumMap<DocumentTemplate.Language, Map<Part, String>>(DocumentTemplate.Language.class);
        texts.forEach((language, parts) -> {
            var of = new EnumMap<Part, String>(Part.class);
            parts.forEach((part, text) -> of.put(Part.valueOf(part), Objects.requireNonNullElse(text, "")));
            ownTexts.put(DocumentTemplate.Language.valueOf(language), of);
        });
        return new DocumentTemplate(
                chosen(), DocumentTemplate.Language.named(documents), ownTexts, Objects.requireNonNullElse(days, -1));
    }

    private Optional<Colour> chosen() {
        return isOwn && Colour.isColour(accent) ? Optional.of(Colour.of(accent)) : Optional.empty();
    }

    /** Checks the input. The preview is an image with a separate address ({@link InvoicePreview}). */
    public void draw() {
        isFit = draft().isFit();
    }

    /** Does the same as {@link #draw}, and selects the accent that was chosen. */
    public void paint() {
        isOwn = true;
        draw();
    }

    /** Whether all texts and days are within their bounds. */
    public boolean isFit() {
        return isFit;
    }

    /** Returns the replacement of an unreadable color; empty if the color is used unchanged. */
    public String getRepair() {
        return chosen().filter(own -> !Contrast.isReadable(own, Colour.WHITE))
                .map(own -> {
                    var used = Contrast.readableOn(own, Colour.WHITE);
                    return format.text("template.accent.repaired", ratio(own), used.hex(), ratio(used));
                })
                .orElse("");
    }

    private String ratio(Colour colour) {
        return format.number(BigDecimal.valueOf((long) (Contrast.ratio(colour, Colour.WHITE) * 10), 1));
    }

    /** Whether the user may change the template. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Returns the version in force, its date and author; empty if there is none. */
    public String getNoted() {
        return noted;
    }

    /** Returns the maximum length of a text. */
    public int lengthOf(String part) {
        return Part.valueOf(part).lengthMax();
    }

    /** Returns the days within which documents must be paid after they are issued; null if nothing is entered. */
    public @Nullable Integer getDays() {
        return days;
    }

    public void setDays(@Nullable Integer days) {
        this.days = days;
    }

    /** Returns the message for an invalid number of days. */
    public String getDaysFault() {
        return format.text("template.days.fault", DocumentTemplate.PAYMENT_DAYS_MAX);
    }

    /** Returns the entered texts, by language and part. */
    public Map<String, Map<String, String>> getTexts() {
        return texts;
    }

    /** Returns the version on which the input is based. */
    public int getBase() {
        return base;
    }

    public void setBase(int base) {
        this.base = base;
    }

    /** Whether documents have a different accent than the brand. */
    public boolean isOwn() {
        return isOwn;
    }

    public void setOwn(boolean isOwn) {
        this.isOwn = isOwn;
    }

    /** Handles the choice between the brand's accent and a separate one. */
    public void choose() {
        accent = isOwn ? accent : "";
        draw();
    }

    /** Returns the accent; the brand's while there is no other. */
    public String getAccent() {
        return accent.isEmpty() ? documentPreviews.accent().hex() : accent;
    }

    public void setAccent(@Nullable String accent) {
        this.accent = Objects.requireNonNullElse(accent, "");
    }

    /** Returns the language of documents for customers who have chosen none; empty for the reseller's. */
    public String getDocuments() {
        return documents;
    }

    public void setDocuments(@Nullable String documents) {
        this.documents = Objects.requireNonNullElse(documents, "");
    }

    /** Returns the language of the specimen. */
    public String getShown() {
        return shown;
    }

    public void setShown(@Nullable String shown) {
        this.shown = Objects.requireNonNullElse(shown, "");
    }
}
