package io.tenantry.brand;

/**
 * A part of an outline: a line or a curve within a box.
 *
 * @param isCurve whether it may be bent
 */
record SvgSegment(double left, double top, double right, double bottom, boolean isCurve) {
    /** Whether it is at the same height as another. */
    boolean isBeside(SvgSegment other) {
        return top <= other.bottom && other.top <= bottom;
    }

    /** Whether its box has more in common with that of another than a corner, at which it may go on. */
    boolean isAcross(SvgSegment other) {
        var isAtSide = right <= other.left || other.right <= left;
        var isAtEnd = bottom <= other.top || other.bottom <= top;
        return isTouching(other) && !(isAtSide && isAtEnd);
    }

    /** Whether its box has a point in common with that of another. */
    boolean isTouching(SvgSegment other) {
        return isBeside(other) && left <= other.right && other.left <= right;
    }

    /** The box around it and another. */
    SvgSegment with(SvgSegment other) {
        return new SvgSegment(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom),
                isCurve || other.isCurve);
    }

    /** The longer side of its box. */
    double longer() {
        return Math.max(right - left, bottom - top);
    }

    /** How far it is at most from where numbers begin. */
    double farthest() {
        return Math.max(Math.max(-left, right), Math.max(-top, bottom));
    }

    /** With nothing known of where it is. */
    SvgSegment anywhere() {
        var far = Double.POSITIVE_INFINITY;
        return new SvgSegment(-far, -far, far, far, isCurve);
    }
}
