/**
 * Stores in HDF5, through jhdf: {@code hdf:}, one file, and {@code hdfdir:}, a folder with one file
 * for each record. Start with {@link io.klepto.archive.hdf5.HdfStoreProvider}.
 *
 * <p>Both lay a record into HDF5 the same way: {@code HdfWriter} writes it, {@code RecordRegion}
 * and {@code RecordAttributes} draw it, {@code NativeShape} tells which values stand there in their
 * own type. {@code hdfdir:} is the folder store of {@code io.klepto.archive.dir} with {@code
 * HdfRecordFile} as its format. {@code hdf:} is {@code HdfStore}: a journal, a file of {@code
 * BaseFormatV1}, and the {@code Compaction} that brings the one into the other.
 */
package io.klepto.archive.hdf5;
