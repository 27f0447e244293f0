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

/** How documents look and what they say besides, with a specimen that follows what is typed. */
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

    /** A page on which nothing is typed yet. */
    public InvoiceTemplatePage() {
        for (var tongue : DocumentTemplate.Language.values()) {
            texts.put(tongue.name(), new LinkedHashMap<>());
        }
    }

    /** Looks at what is in force, if it may be seen. */
    public void open() {
        PageResult.look(() -> {
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
                .forEach((tongue, parts) -> parts.forEach(
                        (part, text) -> texts.computeIfAbsent(tongue.name(), none -> new LinkedHashMap<>())
                                .put(part.name(), text)));
    }

    /** Puts it in force for documents that are issued from now on. */
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
        var said = new EnumMap<DocumentTemplate.Language, Map<Part, String>>(DocumentTemplate.Language.class);
        texts.forEach((tongue, parts) -> {
            var of = new EnumMap<Part, String>(Part.class);
            parts.forEach((part, text) -> of.put(Part.valueOf(part), Objects.requireNonNullElse(text, "")));
            said.put(DocumentTemplate.Language.valueOf(tongue), of);
        });
        return new DocumentTemplate(
                chosen(), DocumentTemplate.Language.named(documents), said, Objects.requireNonNullElse(days, -1));
    }

    private Optional<Colour> chosen() {
        return isOwn && Colour.isColour(accent) ? Optional.of(Colour.of(accent)) : Optional.empty();
    }

    /** Looks at what is typed. The preview is a picture with an address of its own ({@link InvoicePreview}). */
    public void draw() {
        isFit = draft().isFit();
    }

    /** As {@link #draw}: who chooses a colour wants that one. */
    public void paint() {
        isOwn = true;
        draw();
    }

    /** Whether all texts and days are within their bounds. */
    public boolean isFit() {
        return isFit;
    }

    /** What becomes of a colour that cannot be read; empty if it is used as it is. */
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

    /** Whether it may be changed. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Which version is in force, since when, by whom; empty if there is none. */
    public String getNoted() {
        return noted;
    }

    /** How long a text may be. */
    public int lengthOf(String part) {
        return Part.valueOf(part).lengthMax();
    }

    /** Within how many days after their issue documents are to be paid; empty if nothing is typed. */
    public @Nullable Integer getDays() {
        return days;
    }

    public void setDays(@Nullable Integer days) {
        this.days = days;
    }

    /** What is said of days that are none. */
    public String getDaysFault() {
        return format.text("template.days.fault", DocumentTemplate.PAYMENT_DAYS_MAX);
    }

    /** What was typed, by language and part. */
    public Map<String, Map<String, String>> getTexts() {
        return texts;
    }

    /** The version that was looked at. */
    public int getBase() {
        return base;
    }

    public void setBase(int base) {
        this.base = base;
    }

    /** Whether documents have another accent than the brand. */
    public boolean isOwn() {
        return isOwn;
    }

    public void setOwn(boolean isOwn) {
        this.isOwn = isOwn;
    }

    /** Whether the reseller's own accent was given up, or chosen. */
    public void choose() {
        accent = isOwn ? accent : "";
        draw();
    }

    /** The accent; the brand's as long as there is no other. */
    public String getAccent() {
        return accent.isEmpty() ? documentPreviews.accent().hex() : accent;
    }

    public void setAccent(@Nullable String accent) {
        this.accent = Objects.requireNonNullElse(accent, "");
    }

    /** The language of documents for who has chosen none; empty for the reseller's. */
    public String getDocuments() {
        return documents;
    }

    public void setDocuments(@Nullable String documents) {
        this.documents = Objects.requireNonNullElse(documents, "");
    }

    /** In which language the specimen is. */
    public String getShown() {
        return shown;
    }

    public void setShown(@Nullable String shown) {
        this.shown = Objects.requireNonNullElse(shown, "");
    }
}
