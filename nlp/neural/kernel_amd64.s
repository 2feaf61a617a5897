#include "textflag.h"

// Numbers of squash, logistic and cellGo: see kernel.go.
DATA number<>+0(SB)/4, $135135.0
DATA number<>+4(SB)/4, $17325.0
DATA number<>+8(SB)/4, $378.0
DATA number<>+12(SB)/4, $62370.0
DATA number<>+16(SB)/4, $3150.0
DATA number<>+20(SB)/4, $28.0
DATA number<>+24(SB)/4, $4.97
DATA number<>+28(SB)/4, $-4.97
DATA number<>+32(SB)/4, $0.5
DATA number<>+36(SB)/4, $63.0
DATA number<>+40(SB)/4, $64
DATA number<>+44(SB)/4, $0x00010001
GLOBL number<>(SB), RODATA|NOPTR, $48

// SUM4 puts the sums of the parts of Y0, Y1, Y2 and Y3 into X0.
#define SUM4 \
	VPHADDD      Y1, Y0, Y0 \
	VPHADDD      Y3, Y2, Y2 \
	VPHADDD      Y2, Y0, Y0 \
	VEXTRACTI128 $1, Y0, X1 \
	VPADDD       X1, X0, X0

// FINISH stores X0 * scale + add.
#define FINISH \
	VCVTDQ2PS X0, X0       \
	VMULPS    (R12), X0, X0 \
	VADDPS    (R13), X0, X0 \
	VMOVUPS   X0, (DI)     \
	ADDQ      $16, R12     \
	ADDQ      $16, R13     \
	ADDQ      $16, DI

// BYTES adds to an accumulator the products of 64 unsigned bytes in Y4 and Y5 and 64 signed ones. Four products of 127
// and 63 fit into 16 bits.
#define BYTES(low, high, acc) \
	VPMADDUBSW low, Y4, Y6  \
	VPMADDUBSW high, Y5, Y7 \
	VPADDW     Y7, Y6, Y6   \
	VPMADDWD   Y15, Y6, Y6  \
	VPADDD     Y6, acc, acc

// HALF is BYTES for 32 bytes.
#define HALF(low, acc) \
	VPMADDUBSW low, Y4, Y6 \
	VPMADDWD   Y15, Y6, Y6 \
	VPADDD     Y6, acc, acc

// func bytesAVX2(dst, scale, add *float32, w *int8, x *uint8, groups, k int)
// Four rows at a time; k is in 32s.
TEXT ·bytesAVX2(SB), NOSPLIT, $0-56
	MOVQ dst+0(FP), DI
	MOVQ scale+8(FP), R12
	MOVQ add+16(FP), R13
	MOVQ w+24(FP), SI
	MOVQ x+32(FP), DX
	MOVQ groups+40(FP), R8
	MOVQ k+48(FP), CX
	MOVQ CX, R9
	SHLQ $5, R9
	LEAQ (R9)(R9*2), R10
	VPBROADCASTD number<>+44(SB), Y15

groupB:
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	MOVQ  DX, BX
	MOVQ  SI, AX
	MOVQ  CX, R11
	SHRQ  $1, R11
	JZ    restB

loopB:
	VMOVDQU (BX), Y4
	VMOVDQU 32(BX), Y5
	BYTES((AX), 32(AX), Y0)
	BYTES((AX)(R9*1), 32(AX)(R9*1), Y1)
	BYTES((AX)(R9*2), 32(AX)(R9*2), Y2)
	BYTES((AX)(R10*1), 32(AX)(R10*1), Y3)
	ADDQ $64, BX
	ADDQ $64, AX
	DECQ R11
	JNZ  loopB

restB:
	TESTQ $1, CX
	JZ    doneB
	VMOVDQU (BX), Y4
	HALF((AX), Y0)
	HALF((AX)(R9*1), Y1)
	HALF((AX)(R9*2), Y2)
	HALF((AX)(R10*1), Y3)

doneB:
	SUM4
	FINISH
	LEAQ (SI)(R9*4), SI
	DECQ R8
	JNZ  groupB
	VZEROUPPER
	RET

// func pairsAVX2(dst *int32, w, x *int16, groups, k int)
// Four rows at a time; k is in 16s.
TEXT ·pairsAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ x+16(FP), DX
	MOVQ groups+24(FP), R8
	MOVQ k+32(FP), CX
	MOVQ CX, R9
	SHLQ $5, R9
	LEAQ (R9)(R9*2), R10

groupP:
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	MOVQ  DX, BX
	MOVQ  SI, AX
	MOVQ  CX, R11

loopP:
	VMOVDQU  (BX), Y4
	VPMADDWD (AX), Y4, Y5
	VPMADDWD (AX)(R9*1), Y4, Y6
	VPMADDWD (AX)(R9*2), Y4, Y7
	VPMADDWD (AX)(R10*1), Y4, Y8
	VPADDD   Y5, Y0, Y0
	VPADDD   Y6, Y1, Y1
	VPADDD   Y7, Y2, Y2
	VPADDD   Y8, Y3, Y3
	ADDQ     $32, BX
	ADDQ     $32, AX
	DECQ     R11
	JNZ      loopP

	SUM4
	VMOVDQU X0, (DI)
	ADDQ    $16, DI
	LEAQ    (SI)(R9*4), SI
	DECQ    R8
	JNZ     groupP
	VZEROUPPER
	RET

// SQUASH puts squash of Y0 into Y0; Y1 to Y3 are scratch, Y8 to Y15 hold its numbers.
#define SQUASH \
	VMINPS Y14, Y0, Y0 \
	VMAXPS Y15, Y0, Y0 \
	VMULPS Y0, Y0, Y1  \
	VADDPS Y10, Y1, Y2 \
	VMULPS Y1, Y2, Y2  \
	VADDPS Y9, Y2, Y2  \
	VMULPS Y1, Y2, Y2  \
	VADDPS Y8, Y2, Y2  \
	VMULPS Y0, Y2, Y2  \
	VMULPS Y13, Y1, Y3 \
	VADDPS Y12, Y3, Y3 \
	VMULPS Y1, Y3, Y3  \
	VADDPS Y11, Y3, Y3 \
	VMULPS Y1, Y3, Y3  \
	VADDPS Y8, Y3, Y3  \
	VDIVPS Y3, Y2, Y0

// LOGISTIC puts logistic of Y0 into Y0; Y7 holds 0.5.
#define LOGISTIC \
	VMULPS Y7, Y0, Y0 \
	SQUASH            \
	VMULPS Y7, Y0, Y0 \
	VADDPS Y7, Y0, Y0

// func cellAVX2(gates, c *float32, out *uint8, groups int)
// One step of an LSTM, eight units at a time.
TEXT ·cellAVX2(SB), NOSPLIT, $0-32
	MOVQ gates+0(FP), AX
	MOVQ c+8(FP), DI
	MOVQ out+16(FP), SI
	MOVQ groups+24(FP), R8
	MOVQ R8, DX
	SHLQ $5, DX
	LEAQ (DX)(DX*2), R9
	VBROADCASTSS number<>+0(SB), Y8
	VBROADCASTSS number<>+4(SB), Y9
	VBROADCASTSS number<>+8(SB), Y10
	VBROADCASTSS number<>+12(SB), Y11
	VBROADCASTSS number<>+16(SB), Y12
	VBROADCASTSS number<>+20(SB), Y13
	VBROADCASTSS number<>+24(SB), Y14
	VBROADCASTSS number<>+28(SB), Y15
	VBROADCASTSS number<>+32(SB), Y7

unit:
	VMOVUPS (AX), Y0
	LOGISTIC
	VMOVAPS Y0, Y4
	VMOVUPS (AX)(R9*1), Y0
	SQUASH
	VMULPS  Y4, Y0, Y4
	VMOVUPS (AX)(DX*1), Y0
	LOGISTIC
	VMULPS  (DI), Y0, Y0
	VADDPS  Y4, Y0, Y4
	VMOVUPS Y4, (DI)
	VMOVUPS (AX)(DX*2), Y0
	LOGISTIC
	VMOVAPS Y0, Y5
	VMOVAPS Y4, Y0
	SQUASH
	VMULPS       Y5, Y0, Y0
	VBROADCASTSS number<>+36(SB), Y1
	VMULPS       Y1, Y0, Y0
	VCVTPS2DQ    Y0, Y0
	VPBROADCASTD number<>+40(SB), Y1
	VPADDD       Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW    X1, X0, X0
	VPACKUSWB    X0, X0, X0
	VMOVQ        X0, (SI)
	ADDQ         $32, AX
	ADDQ         $32, DI
	ADDQ         $8, SI
	DECQ         R8
	JNZ          unit
	VZEROUPPER
	RET
