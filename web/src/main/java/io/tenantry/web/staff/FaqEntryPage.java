package io.tenantry.web.staff;

import io.tenantry.brand.storefront.Storefront;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One question of the website with its answer: a new or an existing one. */
@Named
@ViewScoped
public class FaqEntryPage implements Serializable {
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
    Format format;

    private @Nullable String parameter;
    private @Nullable String textLanguage;
    private @Nullable UUID id;
    private String question = "";
    private String answer = "";

    /** Loads the question, if the address names one. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_SETTINGS_MANAGE)) {
                throw new AccessDeniedException(Permission.STAFF_SETTINGS_MANAGE);
            }
            if (parameter != null) {
                var there = existing(PageResult.id("question", parameter));
                id = there.id();
                textLanguage = there.language();
                question = there.question();
                answer = there.answer();
            }
        });
    }

    /** Saves the texts. */
    public void save() {
        var known = id;
        var outcome = known == null
                ? editor.add(getTextLanguage(), question, answer)
                : editor.change(known, question, answer);
        if (outcome instanceof StorefrontEditor.Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                var part = field.name().toLowerCase(Locale.ROOT);
                PageResult.refuse("one:" + part, format.text("site.fault." + part));
            }
        } else {
            PageResult.go("/staff/site?language=" + getTextLanguage() + "#questions", format.text("site.saved"));
        }
    }

    private Storefront.FaqEntry existing(UUID wanted) {
        return language.getOffered().stream()
                .flatMap(each -> storefront.questions(each).stream())
                .filter(each -> each.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("question", wanted));
    }

    /** Whether it is not on the website yet. */
    public boolean isFresh() {
        return id == null;
    }

    /** Returns the language of the question. */
    public String getTextLanguage() {
        var wanted = textLanguage;
        return wanted != null && Language.isOffered(wanted) ? wanted : language.getTag();
    }

    public void setTextLanguage(@Nullable String textLanguage) {
        this.textLanguage = textLanguage;
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getQuestion() {
        return question;
    }

    public void setQuestion(@Nullable String question) {
        this.question = Objects.requireNonNullElse(question, "");
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(@Nullable String answer) {
        this.answer = Objects.requireNonNullElse(answer, "");
    }
}
