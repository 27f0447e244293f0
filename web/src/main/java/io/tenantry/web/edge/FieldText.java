package io.tenantry.web.edge;

import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import io.tenantry.web.shell.Messages;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIInput;
import jakarta.faces.component.UISelectMany;
import jakarta.faces.component.UISelectOne;
import jakarta.faces.component.UIViewParameter;
import jakarta.faces.component.html.HtmlInputFile;
import jakarta.faces.component.html.HtmlInputHidden;
import jakarta.faces.component.html.HtmlInputSecret;
import jakarta.faces.component.html.HtmlInputText;
import jakarta.faces.component.html.HtmlInputTextarea;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.SystemEvent;
import jakarta.faces.event.SystemEventListener;

/**
 * What is submitted by a field of any Faces page, as it is kept: this runs before conversion and validation of every input, whatever its type and
 * converter, so that no page can forget it. A field of one line is trimmed and its blanks are single ones; a text area keeps its lines; a
 * password is left as it is typed; what an address says is cleaned. A character that may not be there, or more than the field's maximum, is said
 * at the field.
 */
public class FieldText implements SystemEventListener {
    /** No field of one line has room for more, whatever it says of itself. */
    static final int LINE_MAX = 4_000;

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
            input.setSubmittedValue(input instanceof HtmlInputSecret ? "" : InputText.withoutForbidden(text));
            input.setValid(false);
            faces.addMessage(
                    input.getClientId(faces),
                    new FacesMessage(FacesMessage.SEVERITY_ERROR, message(faces, refused), null));
        }
    }

    /** The text as a field of that kind has it. */
    static String clean(UIInput input, String text) {
        if (input instanceof UIViewParameter) {
            return InputText.searchTerm(text);
        }
        if (input instanceof HtmlInputSecret) {
            var unused = InputText.lines(text);
            return text;
        }
        if (input instanceof HtmlInputHidden || input instanceof UISelectOne || input instanceof UISelectMany) {
            return InputText.withoutForbidden(text);
        }
        if (input instanceof HtmlInputTextarea) {
            return InputText.lines(text);
        }
        return InputText.line(text, most(input));
    }

    private static int most(UIInput input) {
        return input instanceof HtmlInputText field && field.getMaxlength() > 0 ? field.getMaxlength() : LINE_MAX;
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
