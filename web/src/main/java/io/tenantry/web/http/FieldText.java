package io.tenantry.web.http;

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
 * What is submitted by a field of any Faces page, as it is kept: this runs before conversion and validation of every input, whatever its type and
 * converter, so that no page can forget it. A field of one line is trimmed and its blanks are single ones; a text area keeps its lines; a
 * password is left as it is typed; what an address says is cleaned. A character that may not be there, or more than the field's maximum, is said
 * at the field.
 */
public class FieldText implements SystemEventListener {
    /** The most characters of a field of one line that says no maximum of its own. */
    static final int LINE_MAX = 4_000;

    /** The most characters of any field, whatever it says of itself: the longest texts we keep, legal texts, have 60,000. */
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
            // Whoever sends a text where a file belongs has sent no file.
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

    /** What a field shows again of a text that was refused: no more than it can have, since nobody has typed that. */
    static String shownAgain(String text, int most) {
        return InputText.withoutForbidden(InputText.cut(text, most));
    }

    /** The text as a field of that kind has it. */
    static String clean(UIInput input, String text) {
        if (input instanceof UIViewParameter) {
            return InputText.searchTerm(InputText.cut(text, TEXT_MAX));
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

    private static int most(UIInput input, int unsaid) {
        return most(
                value(input.getAttributes().get(MAXIMUM)),
                value(input.getPassThroughAttributes().get(MAXIMUM)),
                unsaid);
    }

    private static @Nullable Object value(@Nullable Object attribute) {
        return attribute instanceof ValueExpression expression
                ? expression.getValue(FacesContext.getCurrentInstance().getELContext())
                : attribute;
    }

    /** The maximum that the browser keeps to: an attribute of the component, or of the element that it writes; never more than {@link #TEXT_MAX}. */
    static int most(@Nullable Object own, @Nullable Object passed, int unsaid) {
        var said = Math.max(number(own), number(passed));
        return said > 0 ? Math.min(said, TEXT_MAX) : unsaid;
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
