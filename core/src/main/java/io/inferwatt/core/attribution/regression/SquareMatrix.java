package io.inferwatt.core.attribution.regression;

/**
 * A square of numbers that grows with the columns in use: with room for all 68 from the start, those of one domain took
 * 0.5 MB before there was a model. One thread.
 */
final class SquareMatrix {

    private static final int GROWTH = 8; // a cache line

    private double[] elements = new double[0];
    private int stride;

    /** Makes room for so many columns; what is there stays, the rest is 0. */
    void reach(int columns) {
        if (columns > stride) {
            int wider = (columns + GROWTH - 1) / GROWTH * GROWTH;
            double[] grown = new double[wider * wider];
            for (int row = 0; row < stride; row++) {
                System.arraycopy(elements, row * stride, grown, row * wider, stride);
            }
            elements = grown;
            stride = wider;
        }
    }

    /** Returns the elements, row after row; others after the next growth. */
    double[] elements() {
        return elements;
    }

    /** Returns how many elements a row takes. */
    int stride() {
        return stride;
    }

    double at(int row, int column) {
        return elements[row * stride + column];
    }

    void multiply(double factor) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] *= factor;
        }
    }

    void copyFrom(SquareMatrix other) {
        if (elements.length != other.elements.length) {
            elements = new double[other.elements.length];
            stride = other.stride;
        }
        System.arraycopy(other.elements, 0, elements, 0, elements.length);
    }
}
