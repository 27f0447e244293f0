package io.tenantry.web.layout;

import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;

/** The value of another input of the same form during conversion, where bounds of one input depend on another one. */
public final class TypedValue {
    private TypedValue() {}

    /** Returns what was submitted; inputs before the current one are converted already, those after it are not. */
    public static String of(UIComponent input) {
        var holder = (EditableValueHolder) input;
        var submitted = holder.getSubmittedValue();
        return String.valueOf(submitted == null ? holder.getValue() : submitted);
    }
}
