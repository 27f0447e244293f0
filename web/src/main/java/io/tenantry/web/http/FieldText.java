package io.tenantry.web.http;

import io.tenantry.text.DateText;
import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import io.tenantry.web.layout.Messages;
import jakarta.el.ValueExpression;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIInput;
import jakarta.faces.component.UISelectMany;
import jakarta.faces.component.UISelectOne;
import jakarta.faces.component.UIViewParameter;
import jakarta.faces.component.html.HtmlInputFile;
import jakarta.faces.component.html.HtmlInputHidden;
import jakarta.faces.component.html.HtmlInputSecret;
import jakarta.faces.component.html.HtmlInputTextarea;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.SystemEvent;
import jakarta.faces.event.SystemEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A listener that normalizes the text submitted by a field of any Faces page as it will be stored: this runs before conversion and validation
 * of every input, regardless of its type and converter, so that no page can omit it. A single-line field is trimmed and its blanks are
 * collapsed; a text area keeps its lines; a password is left as typed; a view parameter is cleaned. A forbidden character, or a text longer
 * than the field's maximum, is reported at the field.
 */
public class FieldText implements SystemEventListener {
    /** The maximum length of a single-line field without an explicit maximum. */
    static final int LINE_MAX = 1_000;

    /** The maximum length of a view parameter: pages keep it, those before sign-in as well. */
    static final int PARAMETER_MAX = 4_000;

    /**
     * The maximum length of any field, regardless of its declared maximum: the longest texts that we store, legal texts, have 60,000
     * characters.
     */
    static final int TEXT_MAX = 100_000;

    private static final String MAXIMUM = "maxlength";

    @Override
    public boolean isListenerForSource(Object source) {
        return source instanceof UIInput;
    }

    @Override
    public void processEvent(SystemEvent event) {
        var input = (UIInput) event.getSource();
        var submitted = input.getSubmittedValue();
        if (input instanceof HtmlInputFile) {
            // A text in place of a file counts as no file.
            if (submitted instanceof String) {
                input.setSubmittedValue(null);
            }
        } else if (submitted instanceof String text) {
            one(event.getFacesContext(), input, text);
        } else if (submitted instanceof String[] texts) {
            for (var text : texts) {
                if (!InputText.isStorable(text)) {
                    input.setSubmittedValue(new String[0]);
                }
            }
        }
    }

    private static void one(FacesContext faces, UIInput input, String text) {
        try {
            var clean = clean(input, text);
            if (!clean.equals(text)) {
                input.setSubmittedValue(clean);
            }
            var fault = timeFault(input.getPassThroughAttributes().get("type"), clean);
            if (fault != null) {
                input.setValid(false);
                faces.addMessage(
                        input.getClientId(faces),
                        new FacesMessage(
                                FacesMessage.SEVERITY_ERROR,
                                new Messages(faces.getViewRoot().getLocale()).text(fault),
                                null));
            }
        } catch (UnacceptableText refused) {
            input.setSubmittedValue(
                    input instanceof HtmlInputSecret
                            ? ""
                            : shownAgain(text, most(input, input instanceof HtmlInputTextarea ? TEXT_MAX : LINE_MAX)));
            input.setValid(false);
            faces.addMessage(
                    input.getClientId(faces),
                    new FacesMessage(FacesMessage.SEVERITY_ERROR, message(faces, refused), null));
        }
    }

    /**
     * Returns the key of the message about an unreadable day, month or time; null if the text is readable, missing, or of another type. A page
     * would find it only after all other fields are valid, and so report one fault after the other.
     */
    static @Nullable String timeFault(@Nullable Object type, String text) {
        if (type == null || text.isBlank()) {
            return null;
        }
        return switch (type.toString()) {
            case "date" -> DateText.day(text).isEmpty() ? "input.day" : null;
            case "month" -> DateText.month(text).isEmpty() ? "input.month" : null;
            case "datetime-local" -> DateText.local(text).isEmpty() ? "input.moment" : null;
            default -> null;
        };
    }

    /** Returns the part of a rejected text that the field displays again: no more than the field can hold, since no user typed more. */
    static String shownAgain(String text, int most) {
        return InputText.withoutForbidden(InputText.cut(text, most));
    }

    /** Returns the text normalized for a field of that kind. */
    static String clean(UIInput input, String text) {
        if (input instanceof UIViewParameter) {
            return InputText.searchTerm(InputText.cut(text, PARAMETER_MAX));
        }
        if (input instanceof HtmlInputSecret) {
            var unused = InputText.lines(text, most(input, LINE_MAX));
            return text;
        }
        if (input instanceof HtmlInputHidden || input instanceof UISelectOne || input instanceof UISelectMany) {
            return InputText.cut(InputText.withoutForbidden(text), TEXT_MAX);
        }
        if (input instanceof HtmlInputTextarea) {
            return InputText.lines(text, most(input, TEXT_MAX));
        }
        return InputText.line(text, most(input, LINE_MAX));
    }

    private static int most(UIInput input, int undeclared) {
        return most(
                value(input.getAttributes().get(MAXIMUM)),
                value(input.getPassThroughAttributes().get(MAXIMUM)),
                undeclared);
    }

    private static @Nullable Object value(@Nullable Object attribute) {
        return attribute instanceof ValueExpression expression
                ? expression.getValue(FacesContext.getCurrentInstance().getELContext())
                : attribute;
    }

    /**
     * Returns the maximum that the browser enforces: an attribute of the component, or of the element that it renders; never more than
     * {@link #TEXT_MAX}.
     */
    static int most(@Nullable Object own, @Nullable Object passed, int undeclared) {
        var declared = Math.max(number(own), number(passed));
        return declared > 0 ? Math.min(declared, TEXT_MAX) : undeclared;
    }

    private static int number(@Nullable Object attribute) {
        if (attribute instanceof Number number) {
            return number.intValue();
        }
        return attribute instanceof String text && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static String message(FacesContext faces, UnacceptableText refused) {
        var messages = new Messages(faces.getViewRoot().getLocale());
        return switch (refused.reason()) {
            case CONTROL_CHARACTER -> messages.text("input.control", refused.character(), refused.position());
            case DIRECTION_CHARACTER -> messages.text("input.direction", refused.character(), refused.position());
            case TOO_LONG -> messages.text("input.long", refused.position());
        };
    }
}
