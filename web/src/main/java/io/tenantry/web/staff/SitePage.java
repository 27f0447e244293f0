package io.tenantry.web.staff;

import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.storefront.Storefront;
import io.tenantry.brand.storefront.Storefront.TextSlot;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content of the website: the reseller's texts, questions and locations on the map, in one language at a time. */
@Named
@ViewScoped
public class SitePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Storefront storefront;

    @Inject
    StorefrontEditor editor;

    @Inject
    Language language;

    @Inject
    LegalTexts legal;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private @Nullable String textLanguage;
    private String headline = "";
    private String lead = "";
    private String about = "";
    private transient @Nullable List<Storefront.FaqEntry> questions;
    private transient @Nullable List<Storefront.Region> regions;
    private transient @Nullable List<LegalTexts.Kind> missing;

    /** Loads the texts of the language. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_SETTINGS_MANAGE)) {
                throw new AccessDeniedException(Permission.STAFF_SETTINGS_MANAGE);
            }
            var texts = storefront.texts(getTextLanguage());
            headline = texts.getOrDefault(TextSlot.HEADLINE, "");
            lead = texts.getOrDefault(TextSlot.LEAD, "");
            about = texts.getOrDefault(TextSlot.ABOUT, "");
        });
    }

    /** Returns the legal texts that are missing on the website. */
    public List<LegalTexts.Kind> getMissing() {
        var known = missing;
        if (known == null) {
            known = legal.missing();
            missing = known;
        }
        return known;
    }

    /** Returns the names of the missing legal texts. */
    public String getMissingNames() {
        return getMissing().stream().map(kind -> format.text("legal." + kind)).collect(Collectors.joining(", "));
    }

    /** Saves the texts. */
    public void save() {
        var outcome = editor.saveTexts(
                getTextLanguage(), Map.of(TextSlot.HEADLINE, headline, TextSlot.LEAD, lead, TextSlot.ABOUT, about));
        if (outcome instanceof StorefrontEditor.Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                var part = field.name().toLowerCase(Locale.ROOT);
                PageResult.refuse("words:" + part, format.text("site.fault." + part));
            }
        } else {
            PageResult.go(here(), format.text("site.saved"));
        }
    }

    /** Moves a question up. */
    public void raise(UUID id) {
        editor.raise(id);
        PageResult.go(here());
    }

    /** Removes a question. */
    public void remove(UUID id) {
        var removed = editor.remove(id);
        PageResult.go(
                here(),
                format.text("site.question.removed"),
                undoActions.keep(new UndoAction.FaqEntryRemoved(removed)));
    }

    public List<Storefront.FaqEntry> getQuestions() {
        var known = questions;
        if (known == null) {
            known = storefront.questions(getTextLanguage());
            questions = known;
        }
        return known;
    }

    public List<Storefront.Region> getRegions() {
        var known = regions;
        if (known == null) {
            known = storefront.regions();
            regions = known;
        }
        return known;
    }

    /** Returns the language of the texts being edited: the requested one, else the page's. */
    public String getTextLanguage() {
        var wanted = textLanguage;
        return wanted != null && Language.isOffered(wanted) ? wanted : language.getTag();
    }

    public void setTextLanguage(@Nullable String textLanguage) {
        this.textLanguage = textLanguage;
    }

    public String getHeadline() {
        return headline;
    }

    public void setHeadline(@Nullable String headline) {
        this.headline = Objects.requireNonNullElse(headline, "");
    }

    public String getLead() {
        return lead;
    }

    public void setLead(@Nullable String lead) {
        this.lead = Objects.requireNonNullElse(lead, "");
    }

    public String getAbout() {
        return about;
    }

    public void setAbout(@Nullable String about) {
        this.about = Objects.requireNonNullElse(about, "");
    }

    private String here() {
        return "/staff/site?language=" + getTextLanguage();
    }
}
