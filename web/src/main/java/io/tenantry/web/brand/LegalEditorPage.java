package io.tenantry.web.brand;

import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.LegalTexts;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The editor of a legal text. The text is part of the page; nothing of it is stored in the session. */
@Named
@RequestScoped
public class LegalEditorPage {
    @Inject
    LegalTexts texts;

    @Inject
    BrandEditor editor;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private LegalTexts.Kind kind = LegalTexts.Kind.IMPRINT;
    private String body = "";
    private int base;
    private @Nullable Instant since;

    /** Loads the text in force, if the user may change it. */
    public void open() {
        PageResult.load(() -> {
            editor.current();
            base = texts.version(kind);
            texts.current(kind).ifPresent(text -> {
                body = text.body();
                since = text.publishedAt();
            });
        });
    }

    /** Puts the text in force. */
    public void publish() {
        switch (texts.publish(kind, body, base)) {
            case DONE -> {
                var undo = undoActions.keep(new UndoAction.LegalPublished(kind, base + 1));
                PageResult.go("/staff/legal?text=" + getKind(), format.text("legal.published"), undo);
            }
            case TOO_LONG -> PageResult.refuse("legal:body", format.text("legal.too_long"));
            case OUTDATED -> PageResult.refuse("legal:body", format.text("legal.outdated"));
        }
    }

    public LegalTexts.Kind[] getKinds() {
        return LegalTexts.Kind.values();
    }

    /** Returns the kind of text, as the page's address names it. */
    public String getKind() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    public void setKind(@Nullable String name) {
        for (var known : LegalTexts.Kind.values()) {
            if (known.name().equalsIgnoreCase(name)) {
                kind = known;
            }
        }
    }

    public String getBody() {
        return body;
    }

    public void setBody(@Nullable String body) {
        this.body = Objects.requireNonNullElse(body, "");
    }

    /** Returns the version on which the text is based; it is submitted with the form. */
    public int getBase() {
        return base;
    }

    public void setBase(int base) {
        this.base = base;
    }

    public @Nullable Instant getSince() {
        return since;
    }
}
